using Microsoft.Extensions.Logging;

namespace Azker.Core.Delivery.Ledger;

/// <summary>Removes from the ledger, once an hour, the records that are older than Telegram keeps an update.</summary>
internal sealed partial class UpdateLedgerExpiry(IUpdateLedger ledger, TimeProvider timeProvider, ILogger<UpdateLedgerExpiry> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private long? _ranAt;

    /// <summary>Removes old records, unless that was done within the last hour. A fault of the ledger is logged.</summary>
    /// <param name="cancellationToken">Cancels the run.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_ranAt is { } ranAt && timeProvider.GetElapsedTime(ranAt) < Interval)
        {
            return;
        }

        _ranAt = timeProvider.GetTimestamp();
        try
        {
            await ledger.ExpireAsync(cancellationToken);
        }
        catch (UpdateLedgerException error)
        {
            Log.Failed(logger, error.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4321, LogLevel.Warning, "{Fault} Old updates were not removed from the ledger; the next attempt follows in an hour.")]
        public static partial void Failed(ILogger logger, string fault);
    }
}
