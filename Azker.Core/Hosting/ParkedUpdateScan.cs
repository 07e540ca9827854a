using Azker.Core.Delivery;

namespace Azker.Core.Hosting;

/// <summary>Goes on, while the webhook receives, with the parked updates of earlier runs and of instances that ended.</summary>
internal sealed class ParkedUpdateScan(UpdateDelivery delivery, HandlerLifetime handlers, TimeProvider timeProvider)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    /// <summary>Looks for parked updates now and every minute, until the token is cancelled.</summary>
    public async Task RunUntilAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await delivery.ResumeAsync(new DeliveryContext(Epoch: null, IsHeld: () => true, stoppingToken, handlers.Abandoned));
            await Task.Delay(Interval, timeProvider, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
