using Azker.Core.Configuration;
using Azker.Core.Updates;

namespace Azker.Core.Delivery;

/// <summary>
/// Decides whether a failed update has another attempt: until its attempts are used up, unless the update would expire first,
/// or blocks other updates that could be handled.
/// </summary>
internal sealed class AttemptPolicy(DeliveryOptions options, WebhookOptions webhook, TimeProvider timeProvider)
{
    public const string WouldExpireText = " It would have expired before its next attempt.";

    private const string UsedUp = "";
    private const string BlockedOthers = " Other updates had to wait for it.";

    /// <summary>A failure may be temporary, so an update that blocks others has this many attempts all the same.</summary>
    private const int MinAttempts = 2;

    /// <summary>Covers the difference of the clocks and the transit of the update.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    private readonly FailingKeys _failing = new(timeProvider);

    /// <summary>
    /// Whether so many keys fail that Telegram soon cannot deliver others: it loads twice as many keys as it has connections
    /// (tdlib/telegram-bot-api, WebhookActor.cpp, load_updates). At half of them it can still deliver the updates that show
    /// whether the failing updates are the cause.
    /// </summary>
    public bool IsWebhookBlocked => _failing.Count >= webhook.MaxConnections;

    public void Handled(ReceivedUpdate update) => _failing.Handled(update.Key);

    public void GivenUp(ReceivedUpdate update) => _failing.GivenUp(update.Key);

    public void Failed(ReceivedUpdate update) => _failing.Failed(update.Key);

    /// <param name="update">The update, which has just failed.</param>
    /// <param name="attempt">The number of the attempt that failed.</param>
    /// <param name="firstSeenAt">When the update arrived first.</param>
    /// <param name="delay">How long until the next attempt.</param>
    /// <param name="blocksOthers">Whether other updates cannot arrive before this update is settled.</param>
    /// <returns>
    /// The reason why there is no next attempt, as a suffix for the reason of the failure; <see langword="null"/> if there is a
    /// next attempt.
    /// </returns>
    public string? ReasonToGiveUp(ReceivedUpdate update, int attempt, DateTimeOffset firstSeenAt, TimeSpan delay, bool blocksOthers) =>
        attempt >= options.MaxAttempts ? UsedUp
        : WouldExpire(update, firstSeenAt, delay) ? WouldExpireText
        : MustYield(update, attempt, blocksOthers) ? BlockedOthers
        : null;

    public bool WouldExpire(ReceivedUpdate update, DateTimeOffset firstSeenAt, TimeSpan delay) =>
        timeProvider.GetUtcNow() + delay + Margin > update.ExpiresAt(firstSeenAt);

    /// <summary>
    /// Whether this update blocks others that could be handled. While no other update is handled either, giving up on this
    /// update would help none of them.
    /// </summary>
    public bool MustYield(ReceivedUpdate update, int attempt, bool blocksOthers) =>
        blocksOthers && attempt >= MinAttempts && _failing.HasHandledOthersSince(update.Key);
}
