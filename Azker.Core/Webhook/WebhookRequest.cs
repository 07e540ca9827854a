namespace Azker.Core.Webhook;

/// <summary>A request to the webhook, as a front hands it over: already known to be for the webhook's path.</summary>
public sealed class WebhookRequest
{
    /// <summary>The header that carries the secret token (Bot API, setWebhook): <c>X-Telegram-Bot-Api-Secret-Token</c>.</summary>
    public const string SecretTokenHeader = "X-Telegram-Bot-Api-Secret-Token";

    /// <summary>The HTTP method, in capitals.</summary>
    public required string Method { get; init; }

    /// <summary>All values of <see cref="SecretTokenHeader"/>, one for each header; empty when there is none.</summary>
    public required IReadOnlyList<string> SecretTokens { get; init; }

    /// <summary>The value of <c>Content-Type</c>; <see langword="null"/> when there is none.</summary>
    public string? ContentType { get; init; }

    /// <summary>The value of <c>Content-Length</c>, in bytes; <see langword="null"/> when there is none.</summary>
    public long? ContentLength { get; init; }

    /// <summary>The body. Nothing is read from it before the secret was found right.</summary>
    public required Stream Body { get; init; }

    /// <summary>
    /// Falls when the client is gone. It ends the reading of the body; an update that was read is handled all the same, so
    /// that its redelivery is known as a duplicate.
    /// </summary>
    public CancellationToken Aborted { get; init; }
}
