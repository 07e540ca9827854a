namespace Azker.Core.Webhook;

/// <summary>A request to the path of the webhook, as the host passes it to Core.</summary>
internal sealed class WebhookRequest
{
    /// <summary>The header that carries the secret token (Bot API, setWebhook): <c>X-Telegram-Bot-Api-Secret-Token</c>.</summary>
    public const string SecretTokenHeader = "X-Telegram-Bot-Api-Secret-Token";

    /// <summary>The HTTP method, in upper case.</summary>
    public required string Method { get; init; }

    /// <summary>All values of <see cref="SecretTokenHeader"/>, one for each header; empty if there is none.</summary>
    public required IReadOnlyList<string> SecretTokens { get; init; }

    /// <summary>The value of <c>Content-Type</c>; <see langword="null"/> if there is none.</summary>
    public string? ContentType { get; init; }

    /// <summary>The value of <c>Content-Length</c>, in bytes; <see langword="null"/> if there is none.</summary>
    public long? ContentLength { get; init; }

    /// <summary>The body. It is read only after the secret is found correct.</summary>
    public required Stream Body { get; init; }

    /// <summary>
    /// Is cancelled when the client closes the connection. The cancellation ends the reading of the body. An update that was read
    /// completely is handled all the same, and its redelivery is then a duplicate.
    /// </summary>
    public CancellationToken Aborted { get; init; }
}
