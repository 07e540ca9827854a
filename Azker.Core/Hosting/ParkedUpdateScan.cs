using Azker.Core.Delivery;

namespace Azker.Core.Hosting;

/// <summary>Goes on, while the webhook receives, with the parked updates of earlier runs and of instances that ended.</summary>
internal sealed class ParkedUpdateScan(UpdateDelivery delivery, ParkedLanes lanes, HandlerLifetime handlers, TimeProvider timeProvider)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    /// <summary>While pushed updates wait behind an update that this instance has left.</summary>
    private static readonly TimeSpan ShortInterval = TimeSpan.FromSeconds(5);

    /// <summary>Looks for parked updates now and every minute, until the token is cancelled.</summary>
    public async Task RunUntilAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await ResumeAsync(stoppingToken);
            await WaitAsync(stoppingToken);
        }
    }

    /// <summary>The caller may be ending for an error of its own, which a cancelled reading must not replace.</summary>
    private async Task ResumeAsync(CancellationToken stoppingToken)
    {
        try
        {
            await delivery.ResumeAsync(new DeliveryContext(Epoch: null, IsHeld: () => true, stoppingToken, handlers.Abandoned));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        long startedAt = timeProvider.GetTimestamp();
        do
        {
            await Task.Delay(ShortInterval, timeProvider, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!stoppingToken.IsCancellationRequested && !lanes.Any && timeProvider.GetElapsedTime(startedAt) < Interval);
    }
}
