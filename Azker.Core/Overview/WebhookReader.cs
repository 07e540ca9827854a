using Azker.Core.Configuration;
using Azker.Core.Webhook.Registration;

namespace Azker.Core.Overview;

/// <summary>Reads the webhook as Telegram has it, and compares it with the settings. It changes nothing.</summary>
internal sealed class WebhookReader(WebhookRegistration registration, WebhookDrift drift, ReceiverRecordWriter records, WebhookOptions webhook)
{
    /// <summary>The parameters of setWebhook that Telegram does not show: only the receiver record tells their drift.</summary>
    private static readonly string[] OfRecord = ["secret_token", "ip_address", "certificate"];

    /// <exception cref="BotApi.BotApiException">The Bot API server refused, or gave no answer.</exception>
    public async Task<WebhookReport> ReadAsync(CancellationToken cancellationToken)
    {
        RegisteredWebhook registered = await registration.GetAsync(cancellationToken);
        return new WebhookReport(
            registered.IsSet,
            UrlOf(registered),
            webhook.UseWebhook ? PlainUrlConverter.Show(webhook.Url!) : null,
            webhook.UseWebhook ? await FindDriftAsync(registered, cancellationToken) : [],
            registered.PendingUpdateCount,
            registered.MaxConnections,
            registered.AllowedUpdates,
            registered.IpAddress,
            registered.HasCustomCertificate,
            registered.LastErrorDate is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
            registered.LastErrorMessage);
    }

    private async Task<IReadOnlyList<string>> FindDriftAsync(RegisteredWebhook registered, CancellationToken cancellationToken)
    {
        try
        {
            return drift.Find(registered, await records.ReadAsync(cancellationToken));
        }
        catch (IOException)
        {
            return [.. drift.Find(registered, record: null).Except(OfRecord)];
        }
    }

    private string? UrlOf(RegisteredWebhook registered) =>
        !registered.IsSet ? null
        : webhook.Url is { } url && registered.IsAt(url) ? PlainUrlConverter.Show(url)
        : registered.Origin;
}
