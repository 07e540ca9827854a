using Azker.Core.Delivery.Ledger;
using Microsoft.Extensions.Hosting;

namespace Azker.PollingFallback.Hosting;

/// <summary>Keeps the ledger from growing, as long as the console runs.</summary>
internal sealed class LedgerHousekeeping(UpdateLedgerExpiry expiry, TimeProvider timeProvider) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Interval, timeProvider, stoppingToken);
            await expiry.RunAsync(stoppingToken);
        }
    }
}
