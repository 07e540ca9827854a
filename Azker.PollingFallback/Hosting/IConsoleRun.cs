using Azker.Core.BotApi;
using Azker.Core.Locking;
using Azker.Core.Polling;
using Azker.PollingFallback.Web;

namespace Azker.PollingFallback.Hosting;

/// <summary>What the console does from its start to its stop.</summary>
internal interface IConsoleRun
{
    /// <param name="stoppingToken">Asks for the graceful stop.</param>
    /// <exception cref="ListenException">An address cannot be listened at.</exception>
    /// <exception cref="InstanceLockHeldException">Another instance holds the lock, and this one is no standby.</exception>
    /// <exception cref="InstanceLockLostException">The lock was lost.</exception>
    /// <exception cref="ForeignWebhookException">Polling would have taken the updates from somebody else's webhook.</exception>
    /// <exception cref="BotApiRejectedException">The Bot API server does not serve this bot.</exception>
    Task RunAsync(CancellationToken stoppingToken);
}
