using Azker.Core.Infrastructure;
using Azker.Core.Locking;

namespace Azker.Core.Webhook.Registration;

/// <summary>
/// The guard as a timer runs it: until the next run minutes go by, in which a bot whose webhook is gone receives nothing, so
/// a run that failed is made again within the minute.
/// </summary>
internal sealed class ScheduledWebhookGuard(WebhookGuard guard, TimeProvider timeProvider)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Looks after the webhook, as <see cref="WebhookGuard.RunAsync(CancellationToken)"/> does.</summary>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>
    /// What the last try found or did. After a failure the next one follows in 2 s, then 4 s, doubling, or in the time that
    /// the Bot API server names; none begins later than a minute after the first.
    /// </returns>
    /// <exception cref="InstanceLockException">The lock cannot be used here.</exception>
    public async Task<WebhookGuardResult> RunAsync(CancellationToken cancellationToken)
    {
        long start = timeProvider.GetTimestamp();
        var backoff = new Backoff(FirstDelay, Patience);
        while (true)
        {
            WebhookGuardResult result = await guard.RunAsync(cancellationToken);
            TimeSpan delay = new[] { backoff.Next(), result.RetryAfter ?? TimeSpan.Zero }.Max();
            if (result.Outcome != WebhookGuardOutcome.Failed || timeProvider.GetElapsedTime(start) + delay > Patience)
            {
                return result;
            }

            await Task.Delay(delay, timeProvider, cancellationToken);
        }
    }
}
