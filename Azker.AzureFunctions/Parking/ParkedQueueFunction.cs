using Azker.Core.Hosting;
using Microsoft.Azure.Functions.Worker;

namespace Azker.AzureFunctions.Parking;

/// <summary>Goes on with a parked update when its message in the bot's queue is due.</summary>
/// <param name="bot">The bot.</param>
public sealed class ParkedQueueFunction(AzkerBot bot)
{
    internal const string Name = "ParkedUpdatesQueue";

    /// <summary>Azker replaces this name by the name of the bot's queue.</summary>
    internal const string Queue = "%PARKED_UPDATES_QUEUE%";

    /// <summary>Handles the update, after the older parked updates of its chat, and waits for the end.</summary>
    /// <param name="updateId">The <c>update_id</c>.</param>
    /// <param name="cancellationToken">Is cancelled when the host stops.</param>
    [Function(Name)]
    public Task RunAsync([QueueTrigger(Queue, Connection = "AzureWebJobsStorage")] int updateId, CancellationToken cancellationToken) =>
        bot.RunParkedAsync(updateId, cancellationToken);
}
