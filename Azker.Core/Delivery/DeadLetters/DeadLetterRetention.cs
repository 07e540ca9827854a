using Azker.Core.Configuration;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Delivery.DeadLetters;

/// <summary>Removes, once an hour, the dead letters that are older than <c>DEAD_LETTER_RETENTION</c>.</summary>
internal sealed partial class DeadLetterRetention(
    DeadLetterArchive archive, DeliveryOptions options, TimeProvider timeProvider, ILogger<DeadLetterRetention> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private long? _ranAt;

    /// <summary>Removes old dead letters, unless that was done within the last hour. A fault of the store is logged.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_ranAt is { } ranAt && timeProvider.GetElapsedTime(ranAt) < Interval)
        {
            return;
        }

        _ranAt = timeProvider.GetTimestamp();
        try
        {
            await RemoveAsync(cancellationToken);
        }
        catch (DeadLetterException error)
        {
            Log.Failed(logger, error.Message);
        }
    }

    private async Task RemoveAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset oldest = timeProvider.GetUtcNow() - options.DeadLetterRetention;
        List<StoredDeadLetter> old = await archive.ListAsync(cancellationToken).Where(letter => letter.Letter.GivenUpAt < oldest).ToListAsync(cancellationToken);
        foreach (StoredDeadLetter letter in old)
        {
            await archive.RemoveAsync(letter, cancellationToken);
        }

        if (old.Count > 0)
        {
            Log.Removed(logger, old.Count, options.DeadLetterRetention.TotalSeconds);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4111, LogLevel.Warning, "Dead letters were removed ({Count}), because they were older than {Retention:0.###} s (DEAD_LETTER_RETENTION).")]
        public static partial void Removed(ILogger logger, int count, double retention);

        [LoggerMessage(4112, LogLevel.Warning, "{Fault} Old dead letters were not removed; the next attempt follows in an hour.")]
        public static partial void Failed(ILogger logger, string fault);
    }
}
