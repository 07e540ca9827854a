using Azker.Core.Configuration;
using Azker.Core.Updates;

namespace Azker.Core.Delivery;

/// <summary>
/// Whether a failed update is tried again. Usually until its attempts are used up; but not when it would expire first, and
/// not when others have to wait for it although they could be handled.
/// </summary>
internal sealed class AttemptPolicy(DeliveryOptions options, WebhookOptions webhook, TimeProvider timeProvider)
{
    public const string Expires = " It would have expired before its next attempt.";

    private const string UsedUp = "";
    private const string Crowded = " Others had to wait for it.";

    /// <summary>A failure may be a passing one; so an update that others wait for gets this many all the same.</summary>
    private const int LeastAttempts = 2;

    /// <summary>For clocks that differ, and for the way.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    private readonly FailingKeys _failing = new(timeProvider);

    /// <summary>
    /// Whether so many keys fail that Telegram cannot bring others: it takes up twice as many as it has connections
    /// (tdlib/telegram-bot-api, WebhookActor.cpp, load_updates). At half of them, there is still room to bring those that
    /// show whether it is the updates.
    /// </summary>
    public bool IsWebhookCrowded => _failing.Count >= webhook.MaxConnections;

    public void Handled(ReceivedUpdate update) => _failing.Handled(update.Key);

    public void GivenUp(ReceivedUpdate update) => _failing.GivenUp(update.Key);

    public void Failed(ReceivedUpdate update) => _failing.Failed(update.Key);

    /// <param name="update">The update, which has just failed.</param>
    /// <param name="attempt">Which attempt that was.</param>
    /// <param name="firstSeenAt">When the update came for the first time.</param>
    /// <param name="delay">When the next attempt would follow.</param>
    /// <param name="isCrowded">Whether other updates cannot come before this one is settled.</param>
    /// <returns>Why there is no next attempt, to be added to why this one failed; <see langword="null"/> when there is one.</returns>
    public string? WhyLast(ReceivedUpdate update, int attempt, DateTimeOffset firstSeenAt, TimeSpan delay, bool isCrowded) =>
        attempt >= options.MaxAttempts ? UsedUp
        : WouldExpire(update, firstSeenAt, delay) ? Expires
        : IsInTheWay(update, attempt, isCrowded) ? Crowded
        : null;

    public bool WouldExpire(ReceivedUpdate update, DateTimeOffset firstSeenAt, TimeSpan delay) =>
        timeProvider.GetUtcNow() + delay + Margin > update.ExpiresAt(firstSeenAt);

    /// <summary>Whether others wait for this update and could be handled. While none is, it may be all the same to them.</summary>
    public bool IsInTheWay(ReceivedUpdate update, int attempt, bool isCrowded) =>
        isCrowded && attempt >= LeastAttempts && _failing.OthersAreHandledBeside(update.Key);
}
