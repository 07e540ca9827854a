using Azker.Core.BotApi;
using Azker.Core.Locking;
using Azker.Core.Polling;

namespace Azker.Core.Hosting;

/// <summary>A way to receive a bot's updates, from the start of a host to its stop.</summary>
internal interface IReceiverRun
{
    /// <param name="requestsFinished">
    /// Completes after the host is asked to stop: when its server has finished the requests in flight, or at once if the host has no
    /// server.
    /// </param>
    /// <param name="stoppingToken">Asks for the graceful stop.</param>
    /// <exception cref="InstanceLockHeldException">Another instance holds the receiver lock, and this instance is no standby.</exception>
    /// <exception cref="InstanceLockLostException">The receiver lock was lost.</exception>
    /// <exception cref="ForeignWebhookException">Polling would have taken the updates from a webhook that is not the bot's own.</exception>
    /// <exception cref="BotApiRejectedException">The Bot API server does not serve this bot.</exception>
    Task RunAsync(Task requestsFinished, CancellationToken stoppingToken);
}
