using System.Diagnostics;
using Azker.Core.Infrastructure;
using Azker.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Delivery.Ledger;

/// <summary>
/// Uses the ledger for delivery: it claims updates, records the end of a claim with retries, and reports whether the ledger
/// can be used.
/// </summary>
internal sealed partial class LedgerClient(
    IUpdateLedger ledger, LedgerStatus status, UpdateSpans spans, TimeProvider timeProvider, ILogger<LedgerClient> logger)
{
    /// <summary>With the time limits of the attempts, a few seconds: Telegram waits for the answer.</summary>
    private const int Attempts = 4;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1);

    /// <summary>Claims an update.</summary>
    /// <returns>The claim; <see cref="ClaimOutcome.Unavailable"/> also when the token was cancelled first.</returns>
    public async ValueTask<UpdateClaim> ClaimAsync(int updateId, long? epoch, CancellationToken cancellationToken)
    {
        using Activity? span = spans.StartClaim(updateId);
        try
        {
            UpdateClaim claim = await ledger.ClaimAsync(updateId, epoch, cancellationToken);
            Succeeded();
            span?.SetTag(TelemetryTags.ClaimOutcome, NameOf(claim.Outcome));
            return claim;
        }
        catch (UpdateLedgerException error)
        {
            span?.Fail(error);
            Failed(error);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }

        return new UpdateClaim(ClaimOutcome.Unavailable);
    }

    /// <summary>Renews a claim.</summary>
    /// <returns>
    /// The claim that replaces it, or the same claim when the ledger is unavailable; <see langword="null"/> when another claimant
    /// has taken the update.
    /// </returns>
    public async Task<UpdateClaim?> RenewAsync(UpdateClaim claim)
    {
        try
        {
            UpdateClaim? renewed = await ledger.RenewAsync(claim, CancellationToken.None);
            Succeeded();
            return renewed;
        }
        catch (UpdateLedgerException error)
        {
            Failed(error);
            return claim;
        }
    }

    /// <summary>
    /// Settles an update. If that fails, the update is confirmed to Telegram nevertheless: without the confirmation Telegram would
    /// certainly send it again, and it would be handled twice; now that happens only if the confirmation is lost too.
    /// </summary>
    public async ValueTask SettleAsync(UpdateClaim claim)
    {
        using Activity? span = spans.StartSettle(claim.UpdateId);
        switch (await WriteAsync(() => ledger.SettleAsync(claim, CancellationToken.None)))
        {
            case false:
                Log.TakenMeanwhile(logger, claim.UpdateId);
                break;
            case null:
                span?.Fail(nameof(UpdateLedgerException));
                Log.NotSettled(logger, claim.UpdateId);
                break;
        }
    }

    /// <summary>Releases an update. If that fails, its claim expires, and the attempt counts as failed.</summary>
    public async ValueTask ReleaseAsync(UpdateClaim claim, bool hasFailed)
    {
        if (await WriteAsync(() => ledger.ReleaseAsync(claim, hasFailed, CancellationToken.None)) is null)
        {
            Log.NotReleased(logger, claim.UpdateId, IUpdateLedger.ClaimDuration.TotalSeconds);
        }
    }

    private static string NameOf(ClaimOutcome outcome) => outcome switch
    {
        ClaimOutcome.Claimed => "claimed",
        ClaimOutcome.Duplicate => "duplicate",
        ClaimOutcome.Busy => "busy",
        _ => "unavailable",
    };

    /// <returns>The answer of the ledger; <see langword="null"/> when it cannot be used.</returns>
    private async ValueTask<bool?> WriteAsync(Func<ValueTask<bool>> write)
    {
        Backoff? backoff = null;
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

            backoff ??= new Backoff(FirstDelay, LongestDelay);
            await Task.Delay(backoff.Next(), timeProvider, CancellationToken.None);
        }
    }

    private void Succeeded()
    {
        if (status.Succeeded() is { } failedFor)
        {
            Log.Recovered(logger, failedFor.TotalSeconds);
        }
    }

    /// <summary>An outage is reported once, however many updates it delays.</summary>
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
        [LoggerMessage(4301, LogLevel.Error, "{Fault} No update is handled until the ledger can be used; all updates wait at Telegram.")]
        public static partial void Failed(ILogger logger, string fault);

        [LoggerMessage(4302, LogLevel.Debug, "{Fault} The ledger still cannot be used.")]
        public static partial void FailsStill(ILogger logger, string fault);

        [LoggerMessage(4303, LogLevel.Information, "The ledger can be used again after {Duration:0.###} s. Updates are handled again.")]
        public static partial void Recovered(ILogger logger, double duration);

        [LoggerMessage(4304, LogLevel.Warning, "Update {UpdateId} was handled, but its claim had expired and another instance had claimed the update. It may be handled twice.")]
        public static partial void TakenMeanwhile(ILogger logger, int updateId);

        [LoggerMessage(4305, LogLevel.Error, "Update {UpdateId} was handled, but the ledger could not record that. If its confirmation to Telegram is lost too, the update is handled again.")]
        public static partial void NotSettled(ILogger logger, int updateId);

        [LoggerMessage(4306, LogLevel.Warning, "Update {UpdateId} was not settled, and the ledger could not release its claim. The claim expires after {Duration:0.###} s.")]
        public static partial void NotReleased(ILogger logger, int updateId, double duration);
    }
}
