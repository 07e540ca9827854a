using Azker.Core.Delivery.DeadLetters;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Handling.Commands;
using Microsoft.Extensions.Logging;
using Telegram.Bot;

namespace Azker.Core.Hosting;

/// <summary>Sets the menu of commands of a bot once, and removes old updates and dead letters, in every mode.</summary>
internal sealed class BotHousekeeping(
    BotCommandList commands,
    ITelegramBotClient client,
    UpdateLedgerExpiry expiry,
    DeadLetterRetention retention,
    TimeProvider timeProvider,
    ILogger<BotCommandMenu> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private int _hasSetMenu;

    /// <summary>Runs every 5 minutes until the token is cancelled.</summary>
    public async Task RunUntilAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await RunAsync(stoppingToken);
                await Task.Delay(Interval, timeProvider, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>Runs once. A failure is logged.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _hasSetMenu, 1) == 0)
        {
            await new BotCommandMenu(client, logger).SetAsync(commands.All(), cancellationToken);
        }

        await RemoveOldAsync(cancellationToken);
    }

    /// <summary>Removes old updates from the ledger, and old dead letters, at most once an hour.</summary>
    public async Task RemoveOldAsync(CancellationToken cancellationToken)
    {
        await expiry.RunAsync(cancellationToken);
        await retention.RunAsync(cancellationToken);
    }
}
