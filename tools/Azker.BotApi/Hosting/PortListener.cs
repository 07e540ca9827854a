using System.Net;
using Azker.BotApi.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.BotApi.Hosting;

/// <summary>Listens on one port with a Kestrel of its own, so that the port can close and open while the other ports stay open.</summary>
internal sealed class PortListener(int port, Action<WebApplication> map) : IAsyncDisposable
{
    private const int MaxHeaderBytes = 256 << 10;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private WebApplication? _application;

    /// <summary>The bound port. It stays the same when the listener stops and starts again.</summary>
    public int Port { get; private set; } = port;

    public bool IsListening => _application is not null;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _application ??= await OpenAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Closes the port and cuts its connections. New connections are refused.</summary>
    public async Task StopAsync()
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            if (_application is not null)
            {
                await _application.StopAsync(new CancellationToken(true));
                await _application.DisposeAsync();
                _application = null;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _turn.Dispose();
    }

    private async Task<WebApplication> OpenAsync(CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(options => ControlJson.Configure(options.SerializerOptions));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.AllowHostHeaderOverride = true;
            kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
            kestrel.Limits.MaxRequestLineSize = MaxHeaderBytes;
            kestrel.Limits.MaxRequestBodySize = 50 << 20;
            kestrel.Listen(IPAddress.Loopback, Port);
        });
        WebApplication application = builder.Build();
        map(application);
        await application.StartAsync(cancellationToken);
        IServer server = application.Services.GetRequiredService<IServer>();
        Port = new Uri(server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single()).Port;
        return application;
    }
}
