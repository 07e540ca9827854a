using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Infrastructure;
using Azker.Core.Locking;
using Azker.Core.Polling;
using Azker.Core.Status;
using Azker.Core.Webhook.Registration;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Fallback;

/// <summary>Polls in the webhook's place under the lock, until the webhook's program is well for long enough, and registers it again.</summary>
internal sealed partial class FallbackPolling(
    PollingReceiver poller,
    ITargetProbe probe,
    WebhookGuard guard,
    ReceiverRecordWriter recorder,
    FallbackOptions options,
    ReceiverStatus status,
    TimeProvider timeProvider,
    Random random,
    ILogger<FallbackPolling> logger)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(10);

    /// <summary>Ends when the updates are given back, or when it is told to stop.</summary>
    /// <param name="handle">The receiver lock.</param>
    /// <param name="reason">Why the webhook does not receive.</param>
    /// <param name="retryAfter">
    /// When the reason is that it could not be registered: the time before which it makes no sense to try again.
    /// </param>
    /// <param name="stoppingToken">Asks for the stop.</param>
    /// <exception cref="InstanceLockLostException">The lock was lost.</exception>
    /// <exception cref="ForeignWebhookException">A webhook that is not ours is set, and was left alone.</exception>
    /// <exception cref="BotApiRejectedException">The Bot API server does not serve this bot.</exception>
    public async Task RunAsync(IInstanceLockHandle handle, string reason, TimeSpan? retryAfter, CancellationToken stoppingToken)
    {
        ReceiverMode? otherwise = status.Mode;
        var retry = new Backoff(FirstRetry, LongestRetry, random);
        int flaps = await RecordAsync(handle, reason, stoppingToken);
        TimeSpan delay = retryAfter is { } wait ? Longer(retry.Next(), wait) : FailbackDelay.After(flaps, options);
        while (true)
        {
            Log.Polling(logger, delay, reason);
            status.Mode = ReceiverMode.Polling;
            await PollAsync(handle, delay, stoppingToken);
            status.Mode = otherwise;
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            WebhookGuardResult result = await guard.RunAsync(handle, stoppingToken);
            if (result.IsRegistered)
            {
                Log.FailedBack(logger);
                return;
            }

            delay = Longer(retry.Next(), result.RetryAfter ?? TimeSpan.Zero);
            reason = $"the webhook could not be registered: {result.Reason}";
        }
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>Returns when it is time to give the updates back, or to stop; what is in hand is finished and confirmed then.</summary>
    private async Task PollAsync(IInstanceLockHandle handle, TimeSpan delay, CancellationToken stoppingToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        Task polling = poller.RunAsync(handle, end.Token);
        Task watching = UntilItIsWellAsync(delay, end.Token);
        await Task.WhenAny(polling, watching);
        end.Cancel();
        await polling;
        await watching;
    }

    private async Task UntilItIsWellAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        try
        {
            await WatchTargetAsync(delay, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private async Task WatchTargetAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        long start = timeProvider.GetTimestamp();
        var watch = new TargetWatch();
        while (true)
        {
            TargetHealth health = await probe.ProbeAsync(cancellationToken);
            TimeSpan now = timeProvider.GetElapsedTime(start);
            if (watch.Add(health.State, now))
            {
                Log.TargetChanged(logger, health.State, health.Reason);
            }

            var situation = new FallbackSituation
            {
                Lock = LockPlace.OursToPoll,
                Webhook = new WebhookVerdict(WebhookCondition.Missing),
                Target = watch.Seen,
                TargetFor = watch.SeenFor(now),
                Grace = options.Grace,
                FailbackDelay = delay,
                MaxFailbackDelay = options.MaxFailbackDelay,
            };
            if (FallbackDecision.Decide(situation) == FallbackAction.FailBack && await guard.FindFaultAsync(cancellationToken) is null)
            {
                return;
            }

            await Task.Delay(options.CheckInterval, timeProvider, cancellationToken);
        }
    }

    /// <returns>How many times in a row the webhook failed soon after it had got the updates back.</returns>
    private async Task<int> RecordAsync(IInstanceLockHandle handle, string reason, CancellationToken cancellationToken)
    {
        int flaps = 0;
        try
        {
            ReceiverRecord? before = await recorder.ReadAsync(cancellationToken);
            flaps = FailbackDelay.CountFlaps(before, timeProvider.GetUtcNow(), options);
            await recorder.WritePollingAsync(handle, before, flaps, reason, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.NotRecorded(logger, error.Message);
        }

        return flaps;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The bot polls in the webhook's place. The next try to register the webhook follows when its program has been well for {Delay}. Reason: {Reason}")]
        public static partial void Polling(ILogger logger, TimeSpan delay, string reason);

        [LoggerMessage(2, LogLevel.Information, "The webhook's program is {State} by now. {Reason}")]
        public static partial void TargetChanged(ILogger logger, TargetState state, string? reason);

        [LoggerMessage(3, LogLevel.Information, "The webhook is registered again and has the updates back.")]
        public static partial void FailedBack(ILogger logger);

        [LoggerMessage(4, LogLevel.Warning, "That this instance polls could not be recorded: {Reason}")]
        public static partial void NotRecorded(ILogger logger, string reason);
    }
}
