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

        if (!bot.AllowedUpdates.ToHashSet().SetEquals(registered.AllowedUpdates ?? UpdateKind.Default))
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

    /// <summary>The server does not show the secret. Requests that we refused since we set it prove that another program changed it.</summary>
    private static bool IsRefused(RegisteredWebhook registered, ReceiverRecord record) =>
        registered.LastErrorMessage == Refused && registered.LastErrorDate > record.Since.ToUnixTimeSeconds();

    private bool IsOtherAddress(RegisteredWebhook registered) =>
        webhook.IpAddress is { } expected && IPAddress.TryParse(registered.IpAddress, out IPAddress? address) && !address.Equals(expected);
}
