using Azker.Core.Delivery;

namespace Azker.Core.Webhook;

/// <summary>The answer of the webhook. The host adds <c>Content-Length</c> to every answer, and <c>Allow: POST</c> to a 405.</summary>
/// <param name="StatusCode">The HTTP status. Never 410, because Telegram removes the webhook then, and never a redirect.</param>
/// <param name="Body">The body: a Bot API request as <c>application/json</c>, or empty.</param>
/// <param name="RetryAfterSeconds">The value of <c>Retry-After</c>, in seconds; <see langword="null"/> for no such header.</param>
internal readonly record struct WebhookOutcome(int StatusCode, ReadOnlyMemory<byte> Body = default, int? RetryAfterSeconds = null)
{
    public static WebhookOutcome Done { get; } = new(200);

    /// <summary>The Azure Functions host replaces a chunked body by an empty one. With a 200 the update would be lost.</summary>
    public static WebhookOutcome BodyMissing { get; } = new(400);

    /// <summary>The secret is missing or wrong: the request is not from Telegram, or the registration has drifted.</summary>
    public static WebhookOutcome Unauthorized { get; } = new(401);

    public static WebhookOutcome MethodNotAllowed { get; } = new(405);

    public static WebhookOutcome TooSlow { get; } = new(408);

    public static WebhookOutcome TooLarge { get; } = new(413);

    public static WebhookOutcome UnsupportedMediaType { get; } = new(415);

    /// <summary>The update was not handled; Telegram delivers it again.</summary>
    public static WebhookOutcome Failed { get; } = new(500);

    /// <summary>The same update is being processed, the ledger is unavailable, or the program is stopping.</summary>
    public static WebhookOutcome Busy { get; } = new(503);

    /// <summary>The Bot API server asks to wait before the next call, and the update cannot be parked.</summary>
    /// <param name="delay">When Telegram delivers the update again. The server takes at most an hour, and whole seconds.</param>
    public static WebhookOutcome RetryLater(TimeSpan delay) => new(503, RetryAfterSeconds: (int)Math.Clamp(Math.Floor(delay.TotalSeconds), 1, 3600));

    /// <summary>The delay is short, because Telegram drops an update that would expire before its next delivery.</summary>
    public static WebhookOutcome Overloaded { get; } = new(503, RetryAfterSeconds: (int)UpdateDelivery.OverloadDelay.TotalSeconds);
}
