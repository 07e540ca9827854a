namespace Azker.Core.Delivery;

/// <summary>When Telegram delivers an update again that the webhook did not accept (tdlib/telegram-bot-api, WebhookActor.cpp, on_webhook_error).</summary>
internal static class WebhookRedelivery
{
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(120);

    /// <summary>The longest delay after the n-th failure: 0 s, then 2 s, doubling up to 120 s.</summary>
    /// <param name="failures">The number of failures, from 1.</param>
    public static TimeSpan MaxDelayAfter(int failures) => failures switch
    {
        <= 1 => TimeSpan.Zero,
        < 7 => TimeSpan.FromSeconds(1 << (failures - 1)),
        _ => MaxDelay,
    };
}
