using System.Text.Json.Serialization;

namespace Azker.Core.Webhook.Registration;

/// <summary>
/// The webhook as the Bot API server has it: <c>WebhookInfo</c> of the Bot API. It has the kinds of update by name, so that it
/// shows a kind that the client library does not know.
/// </summary>
internal sealed record RegisteredWebhook
{
    /// <summary>Empty if no webhook is set.</summary>
    [JsonPropertyName("url")]
    public string Url { get; init; } = "";

    [JsonPropertyName("has_custom_certificate")]
    public bool HasCustomCertificate { get; init; }

    [JsonPropertyName("pending_update_count")]
    public int PendingUpdateCount { get; init; }

    /// <summary><c>&lt;unknown&gt;</c> until the server has connected.</summary>
    [JsonPropertyName("ip_address")]
    public string? IpAddress { get; init; }

    /// <summary>In Unix seconds. A later success does not clear it (tdlib/telegram-bot-api, Client.cpp).</summary>
    [JsonPropertyName("last_error_date")]
    public long? LastErrorDate { get; init; }

    [JsonPropertyName("last_error_message")]
    public string? LastErrorMessage { get; init; }

    [JsonPropertyName("max_connections")]
    public int? MaxConnections { get; init; }

    /// <summary><see langword="null"/> for the default of the server.</summary>
    [JsonPropertyName("allowed_updates")]
    public IReadOnlyList<string>? AllowedUpdates { get; init; }

    [JsonIgnore]
    public bool IsSet => Url.Length > 0;

    /// <summary>Scheme, host and port; the path and the query may hold a secret.</summary>
    [JsonIgnore]
    public string Origin => Uri.TryCreate(Url, UriKind.Absolute, out Uri? url) ? $"{url.Scheme}://{url.Authority}" : "an unreadable URL";

    public bool IsAt(Uri url) => Uri.TryCreate(Url, UriKind.Absolute, out Uri? set) && PunycodeUrl.Of(set) == PunycodeUrl.Of(url);
}
