using Azker.Core.Infrastructure;
using Azker.Core.Locking;

namespace Azker.Core.Webhook.Registration;

/// <summary>
/// Runs the guard for a timer, and repeats a failed run within a minute. The timer runs every few minutes, and a bot whose
/// webhook is gone receives nothing until then.
/// </summary>
internal sealed class ScheduledWebhookGuard(WebhookGuard guard, TimeProvider timeProvider)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromMinutes(1);

    /// <summary>Checks and repairs the webhook, as <see cref="WebhookGuard.RunAsync(CancellationToken)"/> does.</summary>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>
    /// The result of the last attempt. After a failure the next attempt follows in 2 s, then 4 s, doubling, or after the
    /// time that the Bot API server asks for; no attempt starts later than a minute after the first.
    /// </returns>
    /// <exception cref="InstanceLockException">The lock cannot be used here.</exception>
    public async Task<WebhookGuardResult> RunAsync(CancellationToken cancellationToken)
    {
        long start = timeProvider.GetTimestamp();
        var backoff = new Backoff(FirstDelay, RetryPeriod);
        while (true)
        {
            WebhookGuardResult result = await guard.RunAsync(cancellationToken);
            TimeSpan delay = new[] { backoff.Next(), result.RetryAfter ?? TimeSpan.Zero }.Max();
            if (result.Outcome != WebhookGuardOutcome.Failed || timeProvider.GetElapsedTime(start) + delay > RetryPeriod)
            {
                return result;
            }

            await Task.Delay(delay, timeProvider, cancellationToken);
        }
    }
}
