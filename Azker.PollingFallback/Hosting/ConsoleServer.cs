using System.Net;
using Azker.AspNetCore;
using Azker.Core.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Azker.PollingFallback.Hosting;

/// <summary>The console's server: Kestrel with the webhook and <c>/health</c>, at <c>WEBHOOK_LISTEN</c> and <c>HEALTH_LISTEN</c>.</summary>
internal static partial class ConsoleServer
{
    /// <summary>The addresses that the settings name.</summary>
    public static IReadOnlyList<Uri> AddressesOf(AzkerOptions options) =>
        [.. new[] { options.Webhook.Listen, options.Webhook.HealthListen }.OfType<Uri>().Distinct()];

    public static WebApplication Create(Action<IHostApplicationBuilder> configure, AzkerOptions options, IReadOnlyList<Uri> addresses)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        configure(builder);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options, addresses));
        WebApplication application = builder.Build();
        application.Lifetime.ApplicationStarted.Register(() => Log.Listening(application.Logger, string.Join(" and ", application.Urls)));
        if (options.Webhook.Listen is null)
        {
            application.MapAzkerHealth();
        }
        else
        {
            application.MapAzker();
        }

        // ASP.NET Core itself answers a HEAD request for an unknown path without a length.
        application.Map("/{**path}", NotFoundAsync);
        return application;
    }

    internal static Task NotFoundAsync(HttpContext context)
    {
        Answer.Empty(context.Response, StatusCodes.Status404NotFound);
        return Task.CompletedTask;
    }

    private static void Configure(KestrelServerOptions kestrel, AzkerOptions options, IReadOnlyList<Uri> addresses)
    {
        kestrel.AddServerHeader = false;
        ServerLimits.Apply(kestrel.Limits, options.Webhook.MaxConnections);
        foreach (Uri address in addresses)
        {
            Listen(kestrel, address, listen => listen.Protocols = HttpProtocols.Http1);
        }
    }

    /// <summary>Listens at one address. <c>localhost</c> and <c>[::]</c> stand for both families; Kestrel does without a family that the machine lacks.</summary>
    internal static void Listen(KestrelServerOptions kestrel, Uri address, Action<ListenOptions> configure)
    {
        // Kestrel cannot give both families of localhost the same free port.
        if (address.HostNameType == UriHostNameType.Dns && address.Port != 0)
        {
            kestrel.ListenLocalhost(address.Port, configure);
            return;
        }

        IPAddress ip = address.HostNameType == UriHostNameType.Dns ? IPAddress.Loopback : IPAddress.Parse(address.DnsSafeHost);
        if (ip.Equals(IPAddress.IPv6Any))
        {
            kestrel.ListenAnyIP(address.Port, configure);
        }
        else
        {
            kestrel.Listen(ip, address.Port, configure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(10001, LogLevel.Information, "Listening at {Addresses}.")]
        public static partial void Listening(ILogger logger, string addresses);
    }
}
