using Azker.BotApi.Bots;
using Azker.BotApi.Control;
using Azker.BotApi.Faults;
using Azker.BotApi.Hosting;
using Azker.BotApi.Webhooks;
using Microsoft.AspNetCore.Builder;

namespace Azker.BotApi;

/// <summary>A stand-in for the Bot API server on 127.0.0.1. README.md beside it says what it does and what it leaves out.</summary>
public sealed class BotApiServer : IAsyncDisposable
{
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

    /// <summary>The bound ports, in the order of <see cref="BotApiServerOptions.Ports"/>.</summary>
    public IReadOnlyList<int> Ports => [.. _listeners.Select(listener => listener.Port)];

    /// <summary>The base URLs, without a slash at the end, in the order of <see cref="BotApiServerOptions.Ports"/>.</summary>
    public IReadOnlyList<string> Urls => [.. Ports.Select(port => $"http://127.0.0.1:{port}")];

    /// <summary>The first of <see cref="Urls"/>.</summary>
    public string Url => Urls[0];

    public FaultList Faults { get; } = new();

    /// <summary>Every bot that was called or asked for.</summary>
    public IReadOnlyList<BotAccount> Bots => _bots.All;

    internal IEnumerable<int> ListeningPorts => _listeners.Where(listener => listener.IsListening).Select(listener => listener.Port);

    internal TimeProvider Time { get; }

    /// <exception cref="IOException">A port is in use.</exception>
    public static async Task<BotApiServer> StartAsync(BotApiServerOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
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

    /// <summary>The bot with this token; registers it when it is new.</summary>
    /// <exception cref="ArgumentException">The token is malformed, not allowed, or not the one that the bot has now.</exception>
    public BotAccount Bot(string token) => _bots.Register(token);

    /// <summary>The bot with this id, known or not: the first token that calls for it will be its own.</summary>
    public BotAccount Bot(long id) => _bots.Get(id);

    /// <summary>Closes a port and cuts its connections: from now on they are refused, until <see cref="StartListeningAsync"/>.</summary>
    /// <exception cref="ArgumentException">The server has no such port.</exception>
    public Task StopListeningAsync(int port) => Listener(port).StopAsync();

    /// <exception cref="ArgumentException">The server has no such port.</exception>
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
                // Someone else took the port in the meantime: it stays closed, as GET /control shows, until it is free.
                outage = TimeSpan.FromSeconds(1);
            }
        }
    }

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
        ?? throw new ArgumentException($"The server has no port {port}; it has {string.Join(", ", Ports)}.", nameof(port));

    private void Map(WebApplication application)
    {
        application.Use((context, next) => context.Request.Path.StartsWithSegments("/control", StringComparison.Ordinal)
            ? next(context)
            : _endpoint.HandleAsync(context, context.Connection.LocalPort));
        ControlApi.Map(application, this);
    }
}
