using Azker.AspNetCore.Dashboard;
using Azker.Core.Configuration;
using Azker.Core.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Azker.PollingFallback.Hosting;

/// <summary>The server of <c>azker dashboard</c>: Kestrel at <c>DASHBOARD_LISTEN</c>.</summary>
internal static class DashboardServer
{
    public static WebApplication Create(Action<IHostApplicationBuilder> configure, AzkerOptions options, DashboardAccess access, string? language)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        configure(builder);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            ServerLimits.Apply(kestrel.Limits, telegramConnections: 0);
            ConsoleServer.Listen(kestrel, options.Dashboard.Listen!, listen => listen.Protocols = HttpProtocols.Http1);
        });
        WebApplication application = builder.Build();
        DashboardEndpoints.Map(application, "", application.Services.GetRequiredService<AzkerBot>(), access, language);
        application.Map("/{**path}", ConsoleServer.NotFoundAsync);
        return application;
    }
}
