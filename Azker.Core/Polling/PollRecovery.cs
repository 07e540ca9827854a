using Azker.Core.BotApi;
using Azker.Core.Infrastructure;
using Azker.Core.Status;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Polling;

/// <summary>Decides what follows a failed exchange with the Bot API server: a wait, or the end of the run.</summary>
internal sealed partial class PollRecovery(RejectionCheck rejections, ReceiverStatus status, TimeProvider timeProvider, Random random, ILogger logger)
{
    private readonly Backoff _faults = new(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(30), random);

    private readonly ConflictDelays _conflicts = new(timeProvider, random);

    private int _failures;

    public void Succeeded()
    {
        if (_failures > 0)
        {
            Log.Recovered(logger, _failures);
        }

        _failures = 0;
        _faults.Reset();
        _conflicts.Succeeded();
        rejections.Succeeded();
        status.ExchangeSucceeded();
    }

    /// <summary>Reports the fault and waits before the next attempt; a cancellation ends the wait.</summary>
    /// <exception cref="BotApiRejectedException">Another attempt cannot succeed.</exception>
    public async Task FailedAsync(BotApiFault fault, CancellationToken cancellationToken)
    {
        _failures++;
        status.ExchangeFailed(fault.PublicDescription);
        await rejections.FailedAsync(fault, cancellationToken);
        TimeSpan delay = DelayAfter(fault);
        await Task.Delay(delay, timeProvider, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
    }

    private TimeSpan DelayAfter(BotApiFault fault)
    {
        TimeSpan delay;
        switch (fault.Kind)
        {
            case BotApiFaultKind.Conflict:
                delay = _conflicts.After(fault);
                status.CountConflict();
                Log.Conflict(logger, fault.Description, delay.TotalSeconds);
                return delay;
            case BotApiFaultKind.TooManyRequests:
                delay = fault.RetryAfter;
                break;
            default:
                delay = _faults.Next();
                break;
        }

        Log.Failed(logger, fault.Description, delay.TotalSeconds, _failures);
        return delay;
    }

    private static partial class Log
    {
        [LoggerMessage(2030, LogLevel.Warning, "{Fault} Retrying in {Delay:0.###} s (attempt {Attempt}).")]
        public static partial void Failed(ILogger logger, string fault, double delay, int attempt);

        [LoggerMessage(2031, LogLevel.Error,
            "{Fault} Another program, or another Azker that does not share the receiver lock, receives this bot's updates too, perhaps on another machine. "
            + "Stop it, or set AzureWebJobsStorage to the same storage account for all instances, or revoke the token with @BotFather. Retrying in {Delay:0} s.")]
        public static partial void Conflict(ILogger logger, string fault, double delay);

        [LoggerMessage(2032, LogLevel.Information, "The Bot API server answers again (failed calls: {Failures}).")]
        public static partial void Recovered(ILogger logger, int failures);
    }
}
