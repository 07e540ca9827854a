using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Infrastructure;
using Azker.Core.Locking;
using Azker.Core.Updates;
using Microsoft.Extensions.DependencyInjection;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests;

namespace Azker.Core.Webhook.Registration;

/// <summary>The calls by which the webhook is looked at, set and deleted; those that change it want the receiver lock.</summary>
internal sealed class WebhookRegistration(
    [FromKeyedServices(BotApiClients.Receiving)] ITelegramBotClient client,
    WebhookOptions webhook,
    BotOptions bot,
    SecretToken secret,
    WebhookTarget target,
    TimeProvider timeProvider)
{
    private const int Tries = 3;

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    /// <summary>For how long a change may be on its way to the server, and then in its works.</summary>
    private static readonly TimeSpan LongestWay = TimeSpan.FromSeconds(5);

    /// <summary>The server allows one setWebhook a second, and says "retry after 1"; a longer time is left to the caller.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <returns>What a Bot API server would refuse, in one line; <see langword="null"/> when nothing.</returns>
    public Task<string?> FindFaultAsync(CancellationToken cancellationToken) => target.FindFaultAsync(cancellationToken);

    public Task<RegisteredWebhook> LookAsync(CancellationToken cancellationToken) => LookAsync(CallTimeout, cancellationToken);

    public Task<RegisteredWebhook> LookAsync(TimeSpan limit, CancellationToken cancellationToken) =>
        Deadline.RunAsync(token => client.SendRequest(new GetRegisteredWebhookRequest(), token), "getWebhookInfo", limit, timeProvider, cancellationToken);

    /// <summary>Sets the webhook as configured. The caller has asked <see cref="FindFaultAsync"/>.</summary>
    /// <param name="handle">The receiver lock.</param>
    /// <param name="dropPending">Whether updates that wait are thrown away; only on a user's own order.</param>
    /// <param name="cancellationToken">Asks for a stop, which waits for the answer until 5 s after the sending.</param>
    /// <exception cref="InstanceLockLostException">The lock is no longer held.</exception>
    public async Task SetAsync(IInstanceLockHandle handle, bool dropPending, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await CallAsync(handle, token => client.SendRequest(Request(dropPending), token), "setWebhook", cancellationToken);
                return;
            }
            catch (ApiRequestException error) when (attempt < Tries
                && BotApiFault.From(error) is { Kind: BotApiFaultKind.TooManyRequests } fault && fault.RetryAfter <= LongestWait)
            {
                await Task.Delay(fault.RetryAfter, timeProvider, cancellationToken);
            }
        }
    }

    /// <summary>Deletes the webhook if it is ours; what waits for delivery is kept.</summary>
    /// <returns>Whether one was deleted.</returns>
    /// <exception cref="InstanceLockLostException">The lock is no longer held.</exception>
    public async Task<bool> DeleteOursAsync(IInstanceLockHandle handle, CancellationToken cancellationToken)
    {
        if (!IsOurs(await LookAsync(cancellationToken)))
        {
            return false;
        }

        await DeleteAsync(handle, dropPending: false, cancellationToken);
        return true;
    }

    /// <summary>Deletes whatever webhook is set.</summary>
    /// <param name="handle">The receiver lock.</param>
    /// <param name="dropPending">Whether updates that wait are thrown away; only on a user's own order.</param>
    /// <param name="cancellationToken">Asks for a stop, which waits for the answer until 5 s after the sending.</param>
    /// <exception cref="InstanceLockLostException">The lock is no longer held.</exception>
    public Task DeleteAsync(IInstanceLockHandle handle, bool dropPending, CancellationToken cancellationToken)
    {
        var request = new DeleteWebhookRequest { DropPendingUpdates = dropPending };
        return CallAsync(handle, token => client.SendRequest(request, token), "deleteWebhook", cancellationToken);
    }

    /// <summary>Whether a registered webhook is the configured one.</summary>
    public bool IsOurs(RegisteredWebhook registered) => webhook.Url is { } url && registered.IsAt(url);

    private RegisterWebhookRequest Request(bool dropPending) => new(webhook.Certificate?.Pem)
    {
        Url = webhook.Url!.AbsoluteUri,
        SecretToken = secret.Reveal(),
        MaxConnections = webhook.MaxConnections,
        // No names mean the server's own default, which another version of it may have made longer or shorter.
        AllowedUpdates = UpdateKind.Default.ToHashSet().SetEquals(bot.AllowedUpdates) ? [] : bot.AllowedUpdates,
        IpAddress = webhook.IpAddress?.ToString(),
        DropPendingUpdates = dropPending,
    };

    private Task<bool> CallAsync(IInstanceLockHandle handle, Func<CancellationToken, Task<bool>> call, string what, CancellationToken stoppingToken) =>
        LockedCall.RunAsync(call, what, handle, CallTimeout, LongestWay, timeProvider, stoppingToken);
}
