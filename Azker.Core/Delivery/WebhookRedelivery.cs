namespace Azker.Core.Delivery;

/// <summary>When Telegram brings an update again that the webhook did not take (tdlib/telegram-bot-api, WebhookActor.cpp, on_webhook_error).</summary>
internal static class WebhookRedelivery
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(120);

    /// <summary>The longest that it waits after the n-th failure: 0 s, then 2 s, doubling up to 120 s.</summary>
    /// <param name="failures">How often the update has failed, from 1 on.</param>
    public static TimeSpan LongestDelayAfter(int failures) => failures switch
    {
        <= 1 => TimeSpan.Zero,
        < 7 => TimeSpan.FromSeconds(1 << (failures - 1)),
        _ => Longest,
    };
}
