using Azker.Core.BotApi;
using Azker.Core.Locking;
using Microsoft.Extensions.DependencyInjection;
using Telegram.Bot;

namespace Azker.Core.Webhook.Registration;

/// <summary>Ends the bot's session at its Bot API server, before the bot moves to another server.</summary>
internal sealed class BotServerSession([FromKeyedServices(BotApiClients.Receiving)] ITelegramBotClient client, TimeProvider timeProvider)
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    /// <summary>How long a call may take to reach the server and to be carried out there.</summary>
    private static readonly TimeSpan StopWait = TimeSpan.FromSeconds(5);

    /// <summary>Logs the bot out of the server, which drops its pending updates and its webhook (tdlib/telegram-bot-api, Client.cpp).</summary>
    /// <exception cref="InstanceLockLostException">The lock is no longer held.</exception>
    /// <exception cref="BotApiException">The call failed.</exception>
    public Task LogOutAsync(IInstanceLockHandle handle, CancellationToken stoppingToken) =>
        CallAsync("logOut", token => client.LogOut(token), handle, stoppingToken);

    /// <summary>Closes the bot at an own server, which keeps its pending updates. The server refuses that in the bot's first 10 minutes.</summary>
    /// <exception cref="InstanceLockLostException">The lock is no longer held.</exception>
    /// <exception cref="BotApiException">The call failed.</exception>
    public Task CloseAsync(IInstanceLockHandle handle, CancellationToken stoppingToken) =>
        CallAsync("close", token => client.Close(token), handle, stoppingToken);

    private Task<bool> CallAsync(string method, Func<CancellationToken, Task> call, IInstanceLockHandle handle, CancellationToken stoppingToken) =>
        LockedCall.RunAsync(
            method,
            async token =>
            {
                await call(token);
                return true;
            },
            handle,
            CallTimeout,
            StopWait,
            timeProvider,
            stoppingToken);
}
