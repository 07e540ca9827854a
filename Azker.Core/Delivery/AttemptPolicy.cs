using Azker.Core.Configuration;
using Azker.Core.Delivery.Parking;
using Azker.Core.Updates;

namespace Azker.Core.Delivery;

/// <summary>
/// Decides whether an update has another attempt: until its attempts are used up, or until it is too old. Where updates cannot be
/// parked, it also ends before Telegram drops the update.
/// </summary>
internal sealed class AttemptPolicy(DeliveryOptions options, ParkingLimits parking, TimeProvider timeProvider)
{
    private const string WouldExpireText = " It would have expired before its next attempt.";

    private const string UsedUp = "";

    /// <summary>Covers the difference of the clocks and the transit of the update.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    /// <summary>Whether the update is older than <c>MAX_UPDATE_AGE</c>.</summary>
    public bool IsTooOld(ReceivedUpdate update, DateTimeOffset firstSeenAt) =>
        options.MaxUpdateAge > TimeSpan.Zero && timeProvider.GetUtcNow() - (update.Date ?? firstSeenAt) > options.MaxUpdateAge;

    /// <param name="update">The update, which has just failed.</param>
    /// <param name="attempt">The number of the attempt that failed.</param>
    /// <param name="firstSeenAt">When the update arrived first.</param>
    /// <param name="delay">How long until the next attempt.</param>
    /// <returns>
    /// The reason why there is no next attempt, as a suffix for the reason of the failure; <see langword="null"/> if there is a
    /// next attempt.
    /// </returns>
    public string? ReasonToGiveUp(ReceivedUpdate update, int attempt, DateTimeOffset firstSeenAt, TimeSpan delay) =>
        attempt >= options.MaxAttempts ? UsedUp
        : WouldExpire(update, firstSeenAt, delay) ? WouldExpireText
        : null;

    /// <summary>Whether Telegram would drop the update before its next delivery, and no other copy of the update exists.</summary>
    private bool WouldExpire(ReceivedUpdate update, DateTimeOffset firstSeenAt, TimeSpan delay) =>
        !parking.IsPossible && timeProvider.GetUtcNow() + delay + Margin > update.ExpiresAt(firstSeenAt);
}
