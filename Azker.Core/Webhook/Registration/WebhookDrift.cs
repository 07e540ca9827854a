using System.Net;
using Azker.Core.Configuration;
using Azker.Core.Updates;

namespace Azker.Core.Webhook.Registration;

/// <summary>Compares the registered webhook with the configured webhook. It makes no call and does not wait.</summary>
internal sealed class WebhookDrift(WebhookOptions webhook, BotOptions bot, SecretToken secret)
{
    private const string Refused = "Wrong response from the webhook: 401 Unauthorized";

    /// <returns>The names of the parameters of setWebhook that differ; empty if none differs.</returns>
    public IReadOnlyList<string> Find(RegisteredWebhook registered, ReceiverRecord? record)
    {
        if (webhook.Url is not { } url || !registered.IsAt(url))
        {
            return ["url"];
        }

        List<string> drift = [];
        if (registered.MaxConnections != webhook.MaxConnections)
        {
            drift.Add("max_connections");
        }

        if (!AreAllowed(registered) && !IsServersOwn(registered, record))
        {
            drift.Add("allowed_updates");
        }

        if (record?.Fingerprint != secret.Fingerprint || IsRefused(registered, record))
        {
            drift.Add("secret_token");
        }

        if (record?.IpAddress != webhook.IpAddress?.ToString() || IsOtherAddress(registered))
        {
            drift.Add("ip_address");
        }

        if (registered.HasCustomCertificate != webhook.Certificate is not null || record?.Certificate != webhook.Certificate?.Fingerprint)
        {
            drift.Add("certificate");
        }

        return drift;
    }

    /// <summary>
    /// Whether the server itself has made other kinds of update of the configured ones, because it does not know all of them: it had them after
    /// the last <c>setWebhook</c> too, so that another one would change nothing.
    /// </summary>
    public bool IsServersOwn(RegisteredWebhook registered, ReceiverRecord? record) =>
        !AreAllowed(registered)
        && AreRequested(record)
        && record!.ServedUpdates is { } served
        && served.ToHashSet().SetEquals(registered.AllowedUpdates ?? UpdateKind.Default);

    /// <summary>Finds the kinds that the server makes of the configured ones, before the webhook is set again.</summary>
    /// <returns><see langword="null"/> when it serves them all, or when they are set for the first time.</returns>
    public IReadOnlyList<string>? ServedInstead(RegisteredWebhook registered, ReceiverRecord? record) =>
        !AreAllowed(registered) && AreRequested(record) ? registered.AllowedUpdates ?? UpdateKind.Default : null;

    private bool AreAllowed(RegisteredWebhook registered) =>
        bot.AllowedUpdates.ToHashSet().SetEquals(registered.AllowedUpdates ?? UpdateKind.Default);

    private bool AreRequested(ReceiverRecord? record) => record?.AllowedUpdates is { } requested && bot.AllowedUpdates.ToHashSet().SetEquals(requested);

    /// <summary>The server does not show the secret. Requests that we refused since we set it prove that another program changed it.</summary>
    private static bool IsRefused(RegisteredWebhook registered, ReceiverRecord record) =>
        registered.LastErrorMessage == Refused && registered.LastErrorDate > record.Since.ToUnixTimeSeconds();

    private bool IsOtherAddress(RegisteredWebhook registered) =>
        webhook.IpAddress is { } expected && IPAddress.TryParse(registered.IpAddress, out IPAddress? address) && !address.Equals(expected);
}
