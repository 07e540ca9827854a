using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Locking;
using Azker.Core.Telemetry;
using Azker.Core.Updates;
using Microsoft.Extensions.DependencyInjection;
using Telegram.Bot;
using Telegram.Bot.Requests;

namespace Azker.Core.Webhook.Registration;

/// <summary>Reads, sets and deletes the webhook; the calls that change it require the receiver lock.</summary>
internal sealed class WebhookRegistration(
    [FromKeyedServices(BotApiClients.Receiving)] ITelegramBotClient client,
    WebhookOptions webhook,
    BotOptions bot,
    SecretToken secret,
    WebhookTarget target,
    ReceiverMetrics metrics,
    TimeProvider timeProvider)
{
    private const int MaxAttempts = 3;

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    /// <summary>How long a change may take to reach the server and to be carried out there.</summary>
    private static readonly TimeSpan StopWait = TimeSpan.FromSeconds(5);

    /// <summary>The server allows one setWebhook a second and answers "retry after 1"; the caller decides about longer waits.</summary>
    private static readonly TimeSpan MaxRetryWait = TimeSpan.FromSeconds(5);

    /// <returns>The setting that a Bot API server would refuse and what to do, in one line; <see langword="null"/> if there is none.</returns>
    public Task<string?> FindFaultAsync(CancellationToken cancellationToken) => target.FindFaultAsync(cancellationToken);

    /// <exception cref="BotApiException">getWebhookInfo failed.</exception>
    public Task<RegisteredWebhook> GetAsync(CancellationToken cancellationToken) => GetAsync(CallTimeout, cancellationToken);

    /// <exception cref="BotApiException">getWebhookInfo failed.</exception>
    public async Task<RegisteredWebhook> GetAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        RegisteredWebhook webhook = await BotApiCall.RunAsync(
            "getWebhookInfo", token => client.SendRequest(new GetRegisteredWebhookRequest(), token), limit, timeProvider, cancellationToken);
        metrics.RecordWebhook(webhook.IsSet, webhook.PendingUpdateCount, webhook.LastErrorDate);
        return webhook;
    }

    /// <summary>Sets the webhook as configured. The caller has called <see cref="FindFaultAsync"/>.</summary>
    /// <param name="handle">The receiver lock.</param>
    /// <param name="dropPending">Whether the pending updates are dropped; only if the user ordered that.</param>
    /// <param name="cancellationToken">Requests a stop, which waits for the answer until 5 s after the sending.</param>
    /// <exception cref="InstanceLockLostException">The lock is no longer held.</exception>
    /// <exception cref="BotApiException">The call failed.</exception>
    public async Task SetAsync(IInstanceLockHandle handle, bool dropPending, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await CallAsync("setWebhook", handle, token => client.SendRequest(Request(dropPending), token), CallTimeout, cancellationToken);
                metrics.RecordRegistered(true);
                return;
            }
            catch (BotApiException error) when (attempt < MaxAttempts
                && error.Fault.Kind == BotApiFaultKind.TooManyRequests && error.Fault.RetryAfter <= MaxRetryWait)
            {
                await Task.Delay(error.Fault.RetryAfter, timeProvider, cancellationToken);
            }
        }
    }

    /// <summary>Deletes the webhook, ours or not.</summary>
    /// <param name="handle">The receiver lock.</param>
    /// <param name="dropPending">Whether the pending updates are dropped; only if the user ordered that.</param>
    /// <param name="cancellationToken">Requests a stop, which waits for the answer until 5 s after the sending.</param>
    /// <exception cref="InstanceLockLostException">The lock is no longer held.</exception>
    /// <exception cref="BotApiException">The call failed.</exception>
    public Task DeleteAsync(IInstanceLockHandle handle, bool dropPending, CancellationToken cancellationToken) =>
        DeleteAsync(handle, dropPending, CallTimeout, cancellationToken);

    /// <summary>Deletes the webhook at a stop, ours or not; the pending updates are kept.</summary>
    /// <param name="handle">The receiver lock.</param>
    /// <param name="limit">How long to wait for the answer. A call that has none by then may be carried out later all the same.</param>
    /// <param name="cancellationToken">Requests a stop, which waits for the answer until 5 s after the sending.</param>
    /// <exception cref="InstanceLockLostException">The lock is no longer held.</exception>
    /// <exception cref="BotApiException">The call failed.</exception>
    public Task DeleteAsync(IInstanceLockHandle handle, TimeSpan limit, CancellationToken cancellationToken) =>
        DeleteAsync(handle, dropPending: false, limit, cancellationToken);

    /// <summary>Whether a registered webhook is the configured one.</summary>
    public bool IsOurs(RegisteredWebhook registered) => webhook.Url is { } url && registered.IsAt(url);

    private RegisterWebhookRequest Request(bool dropPending) => new(webhook.Certificate?.Pem)
    {
        Url = webhook.Url!.AbsoluteUri,
        SecretToken = secret.Reveal(),
        MaxConnections = webhook.MaxConnections,
        // An empty list means the default of the server, which may differ between its versions.
        AllowedUpdates = UpdateKind.Default.ToHashSet().SetEquals(bot.AllowedUpdates) ? [] : bot.AllowedUpdates,
        IpAddress = webhook.IpAddress?.ToString(),
        DropPendingUpdates = dropPending,
    };

    private async Task DeleteAsync(IInstanceLockHandle handle, bool dropPending, TimeSpan limit, CancellationToken stoppingToken)
    {
        var request = new DeleteWebhookRequest { DropPendingUpdates = dropPending };
        await CallAsync("deleteWebhook", handle, token => client.SendRequest(request, token), limit, stoppingToken);
        metrics.RecordRegistered(false);
    }

    private Task<bool> CallAsync(
        string method, IInstanceLockHandle handle, Func<CancellationToken, Task<bool>> call, TimeSpan limit, CancellationToken stoppingToken) =>
        LockedCall.RunAsync(method, call, handle, limit, StopWait, timeProvider, stoppingToken);
}
