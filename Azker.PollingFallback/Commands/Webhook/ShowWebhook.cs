using System.Text.Json;
using Azker.Core.Configuration;
using Azker.Core.Hosting;
using Azker.Core.Webhook.Registration;
using Azker.PollingFallback.Output;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Commands.Webhook;

/// <summary><c>webhook info</c>.</summary>
internal static class ShowWebhook
{
    /// <summary>The parameters of setWebhook that Telegram does not show: only the receiver record tells their drift.</summary>
    private static readonly string[] OfRecord = ["secret_token", "ip_address", "certificate"];

    public static async Task<int> RunAsync(AzkerBot bot, bool json, CancellationToken cancellationToken)
    {
        WebhookReport info = await ReadAsync(bot, cancellationToken);
        await Console.Out.WriteLineAsync(json
            ? JsonSerializer.Serialize(info, CommandJsonContext.Default.WebhookReport)
            : WebhookText.Format(info, bot.Receiver.GetRequiredService<TimeProvider>().GetUtcNow()));
        return ExitCode.Stopped;
    }

    public static async Task<WebhookReport> ReadAsync(AzkerBot bot, CancellationToken cancellationToken)
    {
        RegisteredWebhook registered = await bot.Receiver.GetRequiredService<WebhookRegistration>().GetAsync(cancellationToken);
        WebhookOptions webhook = bot.Options.Webhook;
        return new WebhookReport(
            registered.IsSet,
            UrlOf(registered, webhook),
            webhook.UseWebhook ? PlainUrlConverter.Show(webhook.Url!) : null,
            webhook.UseWebhook ? await FindDriftAsync(bot, registered, cancellationToken) : [],
            registered.PendingUpdateCount,
            registered.MaxConnections,
            registered.AllowedUpdates,
            registered.IpAddress,
            registered.HasCustomCertificate,
            registered.LastErrorDate is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
            registered.LastErrorMessage);
    }

    private static async Task<IReadOnlyList<string>> FindDriftAsync(AzkerBot bot, RegisteredWebhook registered, CancellationToken cancellationToken)
    {
        WebhookDrift drift = bot.Receiver.GetRequiredService<WebhookDrift>();
        try
        {
            return drift.Find(registered, await bot.Receiver.GetRequiredService<ReceiverRecordWriter>().ReadAsync(cancellationToken));
        }
        catch (IOException)
        {
            return [.. drift.Find(registered, record: null).Except(OfRecord)];
        }
    }

    private static string? UrlOf(RegisteredWebhook registered, WebhookOptions webhook) =>
        !registered.IsSet ? null
        : webhook.Url is { } url && registered.IsAt(url) ? PlainUrlConverter.Show(url)
        : registered.Origin;
}
