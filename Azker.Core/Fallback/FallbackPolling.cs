using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Infrastructure;
using Azker.Core.Locking;
using Azker.Core.Polling;
using Azker.Core.Status;
using Azker.Core.Webhook.Registration;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Fallback;

/// <summary>Polls in place of the webhook under the lock until the target has been healthy for long enough, and then registers the webhook again.</summary>
internal sealed partial class FallbackPolling(
    PollingReceiver poller,
    ITargetProbe probe,
    WebhookGuard guard,
    ReceiverRecordWriter recordWriter,
    FallbackOptions options,
    ReceiverStatus status,
    TimeProvider timeProvider,
    Random random,
    ILogger<FallbackPolling> logger)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MaxRetry = TimeSpan.FromMinutes(10);

    /// <summary>Runs until failback is complete, or until a stop is requested.</summary>
    /// <param name="handle">The receiver lock.</param>
    /// <param name="reason">The reason why the webhook does not receive, as a sentence.</param>
    /// <param name="retryAfter">
    /// How long to wait at least before the next attempt to register the webhook, if the registration failed;
    /// <see langword="null"/> if the reason is another.
    /// </param>
    /// <param name="stoppingToken">Requests the stop.</param>
    /// <exception cref="InstanceLockLostException">The lock was lost.</exception>
    /// <exception cref="ForeignWebhookException">A webhook that is not ours is set; it was not changed.</exception>
    /// <exception cref="BotApiRejectedException">The Bot API server does not serve this bot.</exception>
    public async Task RunAsync(IInstanceLockHandle handle, string reason, TimeSpan? retryAfter, CancellationToken stoppingToken)
    {
        ReceiverMode? previousMode = status.Mode;
        var retry = new Backoff(FirstRetry, MaxRetry, random);
        int flaps = await RecordAsync(handle, reason, stoppingToken);
        TimeSpan delay = retryAfter is { } wait ? Longer(retry.Next(), wait) : FailbackDelay.After(flaps, options);
        while (true)
        {
            Log.Polling(logger, reason, delay.TotalSeconds);
            status.Mode = ReceiverMode.Polling;
            await PollAsync(handle, delay, stoppingToken);
            status.Mode = previousMode;
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
            reason = $"The webhook could not be registered. {result.Reason}";
        }
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>Polls until it is time for failback or a stop is requested. Then the updates in flight are finished and confirmed.</summary>
    private async Task PollAsync(IInstanceLockHandle handle, TimeSpan delay, CancellationToken stoppingToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        Task polling = poller.RunAsync(handle, end.Token);
        Task watching = WatchUntilHealthyAsync(delay, end.Token);
        await Task.WhenAny(polling, watching);
        end.Cancel();
        await polling;
        await watching;
    }

    private async Task WatchUntilHealthyAsync(TimeSpan delay, CancellationToken cancellationToken)
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
                Report(health);
            }

            var situation = new FallbackSituation
            {
                Lock = LockOwner.SelfPolling,
                Webhook = new WebhookHealth(WebhookCondition.Missing),
                Target = watch.Last,
                TargetFor = watch.LastFor(now),
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

    private void Report(TargetHealth health)
    {
        if (health.State == TargetState.Healthy)
        {
            Log.TargetHealthy(logger);
        }
        else
        {
            Log.TargetNotHealthy(logger, health.Reason!, health.State);
        }
    }

    /// <returns>How many times in a row the webhook failed soon after a failback.</returns>
    private async Task<int> RecordAsync(IInstanceLockHandle handle, string reason, CancellationToken cancellationToken)
    {
        int flaps = 0;
        try
        {
            ReceiverRecord? before = await recordWriter.ReadAsync(cancellationToken);
            flaps = FailbackDelay.CountFlaps(before, timeProvider.GetUtcNow(), options);
            await recordWriter.WritePollingAsync(handle, before, flaps, reason, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.NotRecorded(logger, error.Message.TrimEnd('.'));
        }

        return flaps;
    }

    private static partial class Log
    {
        [LoggerMessage(5011, LogLevel.Warning, "{Reason} Polling in place of the webhook until its target has been healthy for {Delay:0.###} s.")]
        public static partial void Polling(ILogger logger, string reason, double delay);

        [LoggerMessage(5012, LogLevel.Information, "The target of the webhook is {State}. {Reason}")]
        public static partial void TargetNotHealthy(ILogger logger, string reason, TargetState state);

        [LoggerMessage(5013, LogLevel.Information, "Failback is complete: the webhook is registered again and receives the updates.")]
        public static partial void FailedBack(ILogger logger);

        [LoggerMessage(5014, LogLevel.Warning, "The receiver record could not be written, and polling continues without it: {Reason}.")]
        public static partial void NotRecorded(ILogger logger, string reason);

        [LoggerMessage(5015, LogLevel.Information, "The target of the webhook is healthy.")]
        public static partial void TargetHealthy(ILogger logger);
    }
}
