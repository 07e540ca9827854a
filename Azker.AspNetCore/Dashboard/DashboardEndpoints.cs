using System.Text;
using Azker.Core.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Azker.AspNetCore.Dashboard;

/// <summary>Maps the page of one bot and the endpoints that it calls.</summary>
internal static class DashboardEndpoints
{
    /// <param name="endpoints">The application, or a group of it.</param>
    /// <param name="path">The path of the page; empty for the root of the server.</param>
    /// <param name="bot">The bot.</param>
    /// <param name="access">Decides which requests may see the page.</param>
    /// <param name="language">The value of <c>AZKER_LANG</c>.</param>
    public static void Map(IEndpointRouteBuilder endpoints, string path, AzkerBot bot, DashboardAccess access, string? language)
    {
        IServiceProvider services = endpoints.ServiceProvider;
        CancellationToken stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var guard = new DashboardGuard(access, services.GetRequiredService<ILogger<DashboardGuard>>());
        var feed = new DashboardFeed(bot, access.NeedsKey);
        var kept = new DashboardKept(bot);
        var login = new DashboardLogin(access, services.GetRequiredService<ILogger<DashboardLogin>>());
        var replay = new DashboardReplay(bot, kept, feed, services.GetRequiredService<ILogger<DashboardReplay>>(), stopping);
        MapPage(endpoints, path, guard, language);
        endpoints.MapPost($"{path}/login", guard.Login(login.SignInAsync));
        endpoints.MapPost($"{path}/logout", guard.Change(DashboardLogin.SignOutAsync));
        endpoints.MapGet($"{path}/api/status", guard.Data(async context =>
            await DashboardAnswer.JsonAsync(context.Response, await feed.ReadAsync(context.RequestAborted), DashboardJsonContext.Default.DashboardReport)));
        endpoints.MapGet($"{path}/api/kept", guard.Data(async context =>
            await DashboardAnswer.JsonAsync(context.Response, await kept.ReadAsync(context.RequestAborted), DashboardJsonContext.Default.KeptReport)));
        endpoints.MapGet($"{path}/api/dead-letters/{{id}}", guard.Data(context => ShowAsync(context, kept.ShowLetterAsync)));
        endpoints.MapGet($"{path}/api/parked/{{id:int}}", guard.Data(context => ShowAsync(context, kept.ShowParkedAsync)));
        endpoints.MapPost($"{path}/api/dead-letters/{{id}}/replay", guard.Change(replay.RunAsync));
    }

    private static void MapPage(IEndpointRouteBuilder endpoints, string path, DashboardGuard guard, string? language)
    {
        endpoints.MapGet(path.Length == 0 ? "/" : path, guard.Page(context =>
        {
            if (!context.Request.Path.Value!.EndsWith('/'))
            {
                // The page names its files beside itself, so its own address ends with a slash.
                context.Response.Redirect($"{path[(path.LastIndexOf('/') + 1)..]}/");
                return Task.CompletedTask;
            }

            context.Response.Headers.Vary = "Accept-Language";
            return Answer.WriteAsync(context.Response, "text/html; charset=utf-8", DashboardAssets.ReadPage(context.Request, language));
        }));
        foreach ((string name, string contentType) in DashboardAssets.Files)
        {
            byte[] content = DashboardAssets.Read(name);
            endpoints.MapGet($"{path}/{name}", guard.Page(context => Answer.WriteAsync(context.Response, contentType, content)));
        }
    }

    private static async Task ShowAsync(HttpContext context, Func<string, CancellationToken, Task<string?>> show)
    {
        if (await show((string)context.GetRouteValue("id")!, context.RequestAborted) is { } json)
        {
            await Answer.JsonAsync(context.Response, Encoding.UTF8.GetBytes(json));
        }
        else
        {
            await DashboardAnswer.TextAsync(context.Response, StatusCodes.Status404NotFound, "It is no longer there.");
        }
    }
}
