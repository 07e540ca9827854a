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
        ReceiverRecord? record = await bot.Receiver.GetRequiredService<ReceiverRecordWriter>().ReadAsync(cancellationToken);
        WebhookOptions webhook = bot.Options.Webhook;
        return new WebhookReport(
            registered.IsSet,
            UrlOf(registered, webhook),
            webhook.UseWebhook ? Plain(webhook.Url!) : null,
            webhook.UseWebhook ? bot.Receiver.GetRequiredService<WebhookDrift>().Find(registered, record) : [],
            registered.PendingUpdateCount,
            registered.MaxConnections,
            registered.AllowedUpdates,
            registered.IpAddress,
            registered.HasCustomCertificate,
            registered.LastErrorDate is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
            registered.LastErrorMessage);
    }

    private static string? UrlOf(RegisteredWebhook registered, WebhookOptions webhook) =>
        !registered.IsSet ? null
        : webhook.Url is { } url && registered.IsAt(url) ? Plain(url)
        : registered.Origin;

    private static string Plain(Uri url) => url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
