using Microsoft.Extensions.Logging;

namespace Azker.Core.Delivery.Ledger;

/// <summary>Removes from the ledger what is older than Telegram keeps an update, beside what else goes on.</summary>
internal sealed partial class UpdateLedgerExpiry(IUpdateLedger ledger, TimeProvider timeProvider, ILogger<UpdateLedgerExpiry> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private long? _ranAt;

    /// <summary>Does so, unless it was done within the last hour. That the ledger cannot be used is told in the log.</summary>
    /// <param name="cancellationToken">Ends the run.</param>
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
        [LoggerMessage(1, LogLevel.Warning, "Old updates could not be removed from the ledger; the next try follows in an hour. {Fault}")]
        public static partial void Failed(ILogger logger, string fault);
    }
}
