using Azker.BotApi.Bots;
using Azker.BotApi.Control;
using Azker.BotApi.Faults;
using Azker.BotApi.Hosting;
using Azker.BotApi.Requests;
using Azker.BotApi.Webhooks;
using Microsoft.AspNetCore.Builder;

namespace Azker.BotApi;

/// <summary>A stand-in for Telegram's Bot API server that listens on 127.0.0.1. Thread-safe.</summary>
/// <remarks>
/// It serves the Bot API at <c>/bot&lt;token&gt;/&lt;method&gt;</c> and a control API at <c>/control</c>. README.md lists what it imitates
/// and what it leaves out.
/// </remarks>
/// <example>
/// <code>
/// await using BotApiServer server = await BotApiServer.StartAsync(new BotApiServerOptions(), TimeProvider.System, cancellationToken);
/// server.Bot("123456:TEST-0123456789abcdefghijk").EnqueueText(chatId: 5, userId: 5, "/start");
/// </code>
/// </example>
public sealed class BotApiServer : IAsyncDisposable
{
    private static readonly TimeSpan RestartInterval = TimeSpan.FromSeconds(1);

    private readonly BotRegistry _bots;
    private readonly ApiEndpoint _endpoint;
    private readonly List<PortListener> _listeners;
    private bool _isDisposed;

    private BotApiServer(BotApiServerOptions options, TimeProvider time)
    {
        var dns = new DnsCache(options.Resolver, time);
        Time = time;
        _bots = new BotRegistry(new ServerContext(options, time, time.GetUtcNow(), dns));
        _endpoint = new ApiEndpoint(_bots, Faults, time);
        _listeners = [.. options.Ports.Select(port => new PortListener(port, Map))];
    }

    /// <summary>The bound ports, in the order of <see cref="BotApiServerOptions.Ports"/>. A stopped port stays in the list.</summary>
    public IReadOnlyList<int> Ports => [.. _listeners.Select(listener => listener.Port)];

    /// <summary>
    /// The base URLs, such as <c>http://127.0.0.1:8081</c>, in the order of <see cref="BotApiServerOptions.Ports"/>. They have no slash at
    /// the end.
    /// </summary>
    public IReadOnlyList<string> Urls => [.. Ports.Select(port => $"http://127.0.0.1:{port}")];

    /// <summary>
    /// The first of <see cref="Urls"/>: the base URL that a bot's client takes in place of <c>https://api.telegram.org</c>.
    /// </summary>
    public string Url => Urls[0];

    /// <summary>The faults that this server applies to Bot API calls. Empty at the start.</summary>
    public FaultList Faults { get; } = new();

    /// <summary>The bots that a client has called or that a test has asked for, ordered by id.</summary>
    public IReadOnlyList<BotAccount> Bots => _bots.All;

    internal IEnumerable<int> ListeningPorts => _listeners.Where(listener => listener.IsListening).Select(listener => listener.Port);

    internal TimeProvider Time { get; }

    /// <summary>Starts a server that listens on all its ports when the task completes.</summary>
    /// <param name="options">The settings of the server.</param>
    /// <param name="time">
    /// The clock of everything that takes time: long polls, held 409 answers, retries to a webhook, expiry of updates, faults. With a fake
    /// clock these wait for the test to advance it.
    /// </param>
    /// <param name="cancellationToken">Cancels the start. It has no effect on a server that has started.</param>
    /// <returns>The server. Its disposal closes the ports.</returns>
    /// <exception cref="ArgumentException">An option is out of range. The message names the option, the value and the range.</exception>
    /// <exception cref="IOException">A port is in use.</exception>
    /// <exception cref="OperationCanceledException">The start was cancelled.</exception>
    public static async Task<BotApiServer> StartAsync(BotApiServerOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        if (options.FindFault() is { } fault)
        {
            throw new ArgumentException(fault, nameof(options));
        }

        var server = new BotApiServer(options, time);
        try
        {
            foreach (PortListener listener in server._listeners)
            {
                await listener.StartAsync(cancellationToken);
            }
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        return server;
    }

    /// <summary>Finds the bot with this token, or registers it when the token is new.</summary>
    /// <param name="token">
    /// The bot's token, <c>&lt;bot id&gt;:&lt;secret&gt;</c>; the secret has 24 or more of <c>A-Z a-z 0-9 _ -</c>.
    /// </param>
    /// <returns>The bot, which accepts this token from now on.</returns>
    /// <exception cref="ArgumentException">
    /// The token is malformed, is not among <see cref="BotApiServerOptions.AllowedTokens"/>, was revoked, or differs from the token that
    /// the
    /// bot has now. The message never contains the secret.
    /// </exception>
    public BotAccount Bot(string token) => _bots.Register(token);

    /// <summary>Finds the bot with this id, or creates it. A new bot takes the first token that a client calls with.</summary>
    /// <param name="id">The number before the colon of the token, plus 2^54 for a bot of the test environment.</param>
    /// <returns>The bot.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The id is not in 1..2^55-1.</exception>
    public BotAccount Bot(long id) => id is > 0 and < 2 * StandInToken.TestOffset
        ? _bots.Get(id)
        : throw new ArgumentOutOfRangeException(nameof(id), $"The bot id is {id}. A bot id is 1 to {(2 * StandInToken.TestOffset) - 1}.");

    /// <summary>Closes a port and cuts its connections. New connections are refused until <see cref="StartListeningAsync"/>.</summary>
    /// <param name="port">One of <see cref="Ports"/>. A port that is stopped already stays stopped.</param>
    /// <returns>A task that completes when the port is closed.</returns>
    /// <exception cref="ArgumentException">The server has no such port.</exception>
    public Task StopListeningAsync(int port) => Listener(port).StopAsync();

    /// <summary>Opens a port that <see cref="StopListeningAsync"/> closed, under the same number.</summary>
    /// <param name="port">One of <see cref="Ports"/>. A port that listens already stays open.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <returns>A task that completes when the port accepts connections.</returns>
    /// <exception cref="ArgumentException">The server has no such port.</exception>
    /// <exception cref="IOException">Another process has taken the port.</exception>
    /// <exception cref="OperationCanceledException">The opening was cancelled.</exception>
    public Task StartListeningAsync(int port, CancellationToken cancellationToken) => Listener(port).StartAsync(cancellationToken);

    internal void CheckPort(int port) => Listener(port);

    internal async Task StopListeningForAsync(int port, TimeSpan? outage)
    {
        await StopListeningAsync(port);
        while (outage is not null && !_isDisposed)
        {
            await Task.Delay(outage.Value, Time, CancellationToken.None);
            try
            {
                await StartListeningAsync(port, CancellationToken.None);
                return;
            }
            catch (IOException)
            {
                // Another process took the port in the meantime. GET /control shows the port as closed until the port is free.
                outage = RestartInterval;
            }
        }
    }

    /// <summary>Closes all ports, cuts their connections, and stops the deliveries to webhooks.</summary>
    /// <returns>A task that completes when the ports are closed.</returns>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        foreach (PortListener listener in _listeners)
        {
            await listener.DisposeAsync();
        }

        foreach (BotAccount bot in Bots)
        {
            bot.Stop();
        }
    }

    private PortListener Listener(int port) =>
        _listeners.Find(listener => listener.Port == port)
        ?? throw new ArgumentException($"The server has no port {port}. Its ports: {string.Join(", ", Ports)}.", nameof(port));

    private void Map(WebApplication application)
    {
        application.Use((context, next) => context.Request.Path.StartsWithSegments("/control", StringComparison.Ordinal)
            ? next(context)
            : _endpoint.HandleAsync(context, context.Connection.LocalPort));
        ControlApi.Map(application, this);
    }
}
