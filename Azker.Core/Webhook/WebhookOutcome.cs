using Azker.Core.Delivery;

namespace Azker.Core.Webhook;

/// <summary>What the webhook answers. An answer always has its <c>Content-Length</c>; one with 405 has <c>Allow: POST</c>.</summary>
/// <param name="StatusCode">The HTTP status. Never 410, which would make Telegram remove the webhook, and never a redirect.</param>
/// <param name="Body">The body: a Bot API request as <c>application/json</c>, or nothing.</param>
/// <param name="RetryAfterSeconds">The <c>Retry-After</c>; <see langword="null"/> for none.</param>
public readonly record struct WebhookOutcome(int StatusCode, ReadOnlyMemory<byte> Body = default, int? RetryAfterSeconds = null)
{
    internal static WebhookOutcome Done { get; } = new(200);

    /// <summary>The host of Azure Functions passes a chunked body on as an empty one. After a 200 its update would be lost.</summary>
    internal static WebhookOutcome BodyMissing { get; } = new(400);

    /// <summary>The secret is missing or wrong: it is not Telegram, or the registration has drifted.</summary>
    internal static WebhookOutcome Unauthorized { get; } = new(401);

    internal static WebhookOutcome MethodNotAllowed { get; } = new(405);

    internal static WebhookOutcome TooSlow { get; } = new(408);

    internal static WebhookOutcome TooLarge { get; } = new(413);

    internal static WebhookOutcome UnsupportedMediaType { get; } = new(415);

    /// <summary>Telegram delivers the update again.</summary>
    internal static WebhookOutcome Failed { get; } = new(500);

    /// <summary>The same update is at work, the ledger cannot be used, or the program ends.</summary>
    internal static WebhookOutcome Busy { get; } = new(503);

    /// <summary>Short, since Telegram drops an update that would expire before its next delivery.</summary>
    internal static WebhookOutcome Overloaded { get; } = new(503, RetryAfterSeconds: (int)UpdateDelivery.OverloadDelay.TotalSeconds);
}
