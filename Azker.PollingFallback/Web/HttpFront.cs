using System.Net;
using System.Net.Sockets;
using Azker.Core.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Azker.PollingFallback.Web;

/// <summary>Kestrel with the webhook and <c>/health</c>, at <c>WEBHOOK_LISTEN</c> and <c>HEALTH_LISTEN</c>.</summary>
internal sealed class HttpFront(
    WebhookEndpoint webhook, HealthEndpoint health, AzkerOptions options, TimeProvider timeProvider, ILoggerFactory loggerFactory) : IAsyncDisposable
{
    /// <summary>For the answers of handlers whose token has fallen to go out, before connections are cut.</summary>
    private static readonly TimeSpan LastAnswers = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _abandon = new();
    private WebApplication? _application;

    /// <summary>Where it listens; empty when neither setting is set.</summary>
    public IReadOnlyList<Uri> Addresses { get; private set; } =
        [.. new[] { options.Webhook.Listen, options.Webhook.HealthListen }.OfType<Uri>().Distinct()];

    /// <summary>Begins to listen, unless there is no address to listen at.</summary>
    /// <exception cref="ListenException">An address cannot be listened at.</exception>
    public async Task StartAsync(bool servesWebhook, CancellationToken cancellationToken)
    {
        if (Addresses.Count == 0)
        {
            return;
        }

        _application = Build(servesWebhook);
        try
        {
            await _application.StartAsync(cancellationToken);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            throw new ListenException(Addresses, error);
        }

        ICollection<string> bound = _application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        Addresses = [.. bound.Select(address => new Uri(address))];
    }

    /// <summary>
    /// Stops accepting, and finishes the requests in hand within the limit; then the tokens of their handlers fall. Doing it
    /// again does nothing.
    /// </summary>
    public async Task StopAsync(TimeSpan limit)
    {
        if (_application is not { } application)
        {
            return;
        }

        _application = null;
        using var late = new CancellationTokenSource(limit, timeProvider);
        using var tooLate = new CancellationTokenSource(limit + LastAnswers, timeProvider);
        await using (late.Token.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _abandon))
        {
            await application.StopAsync(tooLate.Token);
        }

        await application.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero);
        _abandon.Dispose();
    }

    private WebApplication Build(bool servesWebhook)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.Replace(ServiceDescriptor.Singleton(loggerFactory));
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Configure);
        WebApplication application = builder.Build();
        application.Run(context => HandleAsync(context, servesWebhook));
        return application;
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        FrontLimits.Apply(kestrel.Limits, options.Webhook.MaxConnections);
        foreach (Uri address in Addresses)
        {
            kestrel.Listen(
                address.HostNameType == UriHostNameType.Dns ? IPAddress.Loopback : IPAddress.Parse(address.DnsSafeHost),
                address.Port,
                listen => listen.Protocols = HttpProtocols.Http1);
        }
    }

    private Task HandleAsync(HttpContext context, bool servesWebhook)
    {
        string? path = context.Request.Path.Value;
        if (path == WebhookOptions.HealthPath)
        {
            return health.HandleAsync(context);
        }

        if (servesWebhook && path == options.Webhook.Path)
        {
            return webhook.HandleAsync(context, _abandon.Token);
        }

        Answer.Empty(context.Response, StatusCodes.Status404NotFound);
        return Task.CompletedTask;
    }

    /// <summary>Signals are the console's own, which stops this front when its turn has come.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
