using Azker.Core.Configuration;
using Azker.Core.Delivery;
using Azker.Core.Handling;
using Azker.Core.Health;
using Azker.Core.Status;
using Azker.Core.Webhook;
using Microsoft.Extensions.DependencyInjection;
using Telegram.Bot;

namespace Azker.Core.Hosting;

/// <summary>One bot of an application, to which a host gives the requests of the webhook.</summary>
/// <remarks>
/// The services that receive the bot's updates live in a container of their own, so the application's container has none of them.
/// </remarks>
public sealed class AzkerBot : IAsyncDisposable
{
    private readonly ServiceProvider _receiver;
    private readonly CancellationTokenSource _abandonHandlers = new();
    private ITimer? _abandonTimer;

    internal AzkerBot(string name, AzkerOptions options, IServiceCollection receiver)
    {
        Name = name;
        Options = options;
        _receiver = receiver.AddSingleton(new HandlerLifetime(_abandonHandlers.Token)).AddReceiver(options).BuildServiceProvider();
    }

    /// <summary>The name under which the bot was added; empty for the only bot of an application.</summary>
    public string Name { get; }

    /// <summary>The options of the bot, complete and valid.</summary>
    public AzkerOptions Options { get; }

    /// <summary>The client of the bot, for calls to the Bot API. Its exceptions never contain the token.</summary>
    public ITelegramBotClient Client => Receiver.GetRequiredService<ITelegramBotClient>();

    /// <summary>The state of receiving, as this instance sees it.</summary>
    public ReceiverStatus Status => Receiver.GetRequiredService<ReceiverStatus>();

    /// <summary>The updates that handlers of this instance are handling now.</summary>
    public IRunningUpdates RunningUpdates => Receiver.GetRequiredService<IRunningUpdates>();

    /// <summary>The services that receive the bot's updates.</summary>
    internal IServiceProvider Receiver => _receiver;

    /// <summary>The handlers of the bot.</summary>
    internal BotHandlers Handlers => Receiver.GetRequiredService<BotHandlers>();

    /// <summary>Is cancelled when the program ends and gives the handlers of webhook requests no more time.</summary>
    internal CancellationToken HandlersAbandoned => _abandonHandlers.Token;

    /// <summary>Whether this process serves the webhook of the bot itself.</summary>
    internal bool ServesWebhook { get; set; }

    /// <summary>The value of <see cref="BotFingerprint.Header"/> in the health reports of this bot.</summary>
    internal string Fingerprint => BotFingerprint.Of(Options.Bot.Token);

    /// <summary>Checks a request to the webhook, brings its update to a handler, and waits for the handler.</summary>
    /// <param name="request">The request. Azker checks its secret token before it reads the body.</param>
    /// <param name="stoppingToken">Is cancelled when the program ends and gives handlers no more time.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="OperationCanceledException">The client has closed the connection and waits for no answer.</exception>
    /// <exception cref="IOException">The body ended early.</exception>
    internal Task<WebhookOutcome> ReceiveAsync(WebhookRequest request, CancellationToken stoppingToken) =>
        Receiver.GetRequiredService<WebhookReceiver>().ReceiveAsync(request, stoppingToken);

    /// <summary>Finds out whether the bot's updates are received. However often a host asks, Azker asks Telegram at most once in 10 s.</summary>
    /// <param name="cancellationToken">Ends the wait for the report.</param>
    /// <returns>The report; after 5 s at most, with the fault of a Bot API server that does not answer.</returns>
    public Task<HealthReport> GetHealthAsync(CancellationToken cancellationToken) =>
        Receiver.GetRequiredService<HealthReporter>().ReportAsync(cancellationToken);

    /// <summary>
    /// The runs that keep the webhook registered as configured, set the menu of commands once, and keep the ledger small, on a host
    /// that runs no background service. A run that fails is repeated within a minute.
    /// </summary>
    internal GuardRuns Guard => Receiver.GetRequiredService<GuardRuns>();

    /// <summary>Fetches the first token for the storage account, where an identity is used, which may take longer than a call may last.</summary>
    internal Task PrepareStorageAsync(CancellationToken cancellationToken) =>
        Options.Storage is { IsConfigured: true, ConnectionString: null } ? Options.Storage.Identity.PrepareAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>
    /// Goes on with parked updates, on a host where work cannot outlive its request, and waits until they are settled or are left to a
    /// later run.
    /// </summary>
    /// <param name="updateId">The update that the queue has brought back; <see langword="null"/> for all updates that are due.</param>
    /// <param name="cancellationToken">Cancels the handlers, whose attempts then do not count.</param>
    internal Task RunParkedAsync(int? updateId, CancellationToken cancellationToken)
    {
        ParkedRuns runs = Receiver.GetRequiredService<ParkedRuns>();
        return updateId is { } id ? runs.RunAsync(id, cancellationToken) : runs.RunDueAsync(cancellationToken);
    }

    /// <summary>Ends the bot's connections. The host has stopped receiving before.</summary>
    public async ValueTask DisposeAsync()
    {
        await (_abandonTimer?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _receiver.DisposeAsync();
        _abandonHandlers.Dispose();
    }

    /// <summary>Cancels the handlers of webhook requests after some time; a later call replaces the time.</summary>
    internal void AbandonHandlersAfter(TimeSpan delay)
    {
        TimeProvider timeProvider = Receiver.GetRequiredService<TimeProvider>();
        ITimer timer = timeProvider.CreateTimer(static bot => ((AzkerBot)bot!).AbandonHandlers(), this, delay, Timeout.InfiniteTimeSpan);
        Interlocked.Exchange(ref _abandonTimer, timer)?.Dispose();
    }

    private void AbandonHandlers()
    {
        try
        {
            _abandonHandlers.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The other party: the bot has ended at this moment, and no handler is left.
        }
    }
}
