using Azker.Core.Infrastructure;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Delivery.Ledger;

/// <summary>
/// How delivery uses the ledger: without a claim nothing is handled; what became of a claim is written with some patience;
/// and whether all that works is told.
/// </summary>
internal sealed partial class LedgerClient(IUpdateLedger ledger, LedgerStatus status, TimeProvider timeProvider, ILogger<LedgerClient> logger)
{
    /// <summary>With the attempts' own limits, a few seconds: Telegram waits for the answer.</summary>
    private const int Attempts = 4;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1);

    /// <summary>Claims an update.</summary>
    /// <returns>What came of it; that the ledger is unavailable also when the token fell first.</returns>
    public async Task<UpdateClaim> ClaimAsync(int updateId, long? epoch, CancellationToken cancellationToken)
    {
        try
        {
            UpdateClaim claim = await ledger.ClaimAsync(updateId, epoch, cancellationToken);
            Succeeded();
            return claim;
        }
        catch (UpdateLedgerException error)
        {
            Failed(error);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }

        return new UpdateClaim(ClaimOutcome.Unavailable);
    }

    /// <summary>
    /// Records that an update is done with. Where that cannot be written, the update is acknowledged all the same: if it were
    /// not, it would come again for certain, and be handled twice; so it does only if the acknowledgement is lost as well.
    /// </summary>
    public async Task SettleAsync(UpdateClaim claim)
    {
        switch (await WriteAsync(() => ledger.SettleAsync(claim, CancellationToken.None)))
        {
            case false:
                Log.TakenMeanwhile(logger, claim.UpdateId);
                break;
            case null:
                Log.NotSettled(logger, claim.UpdateId);
                break;
        }
    }

    /// <summary>Records that an update is not done with. Where that cannot be written, its claim ends by itself, and counts as failed.</summary>
    public async Task ReleaseAsync(UpdateClaim claim, bool hasFailed)
    {
        if (await WriteAsync(() => ledger.ReleaseAsync(claim, hasFailed, CancellationToken.None)) is null)
        {
            Log.NotReleased(logger, claim.UpdateId, IUpdateLedger.ClaimDuration);
        }
    }

    /// <returns>The answer; <see langword="null"/> when the ledger cannot be used.</returns>
    private async Task<bool?> WriteAsync(Func<ValueTask<bool>> write)
    {
        var backoff = new Backoff(FirstDelay, LongestDelay);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                bool answer = await write();
                Succeeded();
                return answer;
            }
            catch (UpdateLedgerException error)
            {
                Failed(error);
                if (attempt == Attempts)
                {
                    return null;
                }
            }

            await Task.Delay(backoff.Next(), timeProvider, CancellationToken.None);
        }
    }

    private void Succeeded()
    {
        if (status.Succeeded() is { } failedFor)
        {
            Log.Recovered(logger, failedFor);
        }
    }

    /// <summary>An outage is told once, however many updates it holds.</summary>
    private void Failed(UpdateLedgerException error)
    {
        if (status.Failed())
        {
            Log.Failed(logger, error.Message);
        }
        else
        {
            Log.FailsStill(logger, error.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Fault} Until then no update is handled; all wait with Telegram.")]
        public static partial void Failed(ILogger logger, string fault);

        [LoggerMessage(2, LogLevel.Debug, "Still: {Fault}")]
        public static partial void FailsStill(ILogger logger, string fault);

        [LoggerMessage(3, LogLevel.Information, "The ledger can be used again, after {Duration}.")]
        public static partial void Recovered(ILogger logger, TimeSpan duration);

        [LoggerMessage(4, LogLevel.Warning, "Update {UpdateId} is done with, but its claim was over, and another has taken it meanwhile: it may be handled twice.")]
        public static partial void TakenMeanwhile(ILogger logger, int updateId);

        [LoggerMessage(5, LogLevel.Error, "Update {UpdateId} is done with, but the ledger could not record it. Should its acknowledgement to Telegram be lost too, it is handled again.")]
        public static partial void NotSettled(ILogger logger, int updateId);

        [LoggerMessage(6, LogLevel.Warning, "Update {UpdateId} is not done with, but the ledger could not record it; its claim ends by itself, after {Duration}.")]
        public static partial void NotReleased(ILogger logger, int updateId, TimeSpan duration);
    }
}
