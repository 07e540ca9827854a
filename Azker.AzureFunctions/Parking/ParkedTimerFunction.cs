using Azker.Core.Hosting;
using Microsoft.Azure.Functions.Worker;

namespace Azker.AzureFunctions.Parking;

/// <summary>
/// Goes on every minute with the parked updates whose messages have not brought them back. It is not a part of the guard's timer: the
/// host waits for the end of a run before it starts the next run of the same timer.
/// </summary>
/// <param name="bot">The bot.</param>
public sealed class ParkedTimerFunction(AzkerBot bot)
{
    internal const string Name = "ParkedUpdatesTimer";

    /// <summary>Handles the updates that are due, and waits for the end.</summary>
    /// <param name="timer">The timer.</param>
    /// <param name="cancellationToken">Is cancelled when the host stops.</param>
    [Function(Name)]
    public Task RunAsync([TimerTrigger("30 * * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken) =>
        bot.RunParkedAsync(updateId: null, cancellationToken);
}
