using System.Text.Json.Nodes;
using Azker.BotApi.Updates;

namespace Azker.BotApi.Webhooks;

/// <summary>The answer of getWebhookInfo, its keys in the Bot API server's order.</summary>
internal static class WebhookInfo
{
    public static JsonObject Of(WebhookChanges webhook, UpdateQueue queue, AllowedUpdates allowed)
    {
        WebhookParameters settings = webhook.Settings;
        var info = new JsonObject
        {
            ["url"] = settings.Url,
            ["has_custom_certificate"] = settings.Certificate is not null,
            ["pending_update_count"] = queue.Count,
        };
        if (webhook.LastErrorAt is { } errorAt)
        {
            info["last_error_date"] = errorAt.ToUnixTimeSeconds();
            info["last_error_message"] = webhook.LastError;
        }

        if (settings.Url.Length > 0)
        {
            info["max_connections"] = settings.MaxConnections;
            info["ip_address"] = webhook.Address.Length > 0 ? webhook.Address : "<unknown>";
        }

        if (allowed != AllowedUpdates.Default)
        {
            info["allowed_updates"] = new JsonArray([.. allowed.VisibleNames().Select(name => JsonValue.Create(name))]);
        }

        return info;
    }
}
