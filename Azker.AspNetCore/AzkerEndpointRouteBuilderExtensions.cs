using Azker.AspNetCore;
using Azker.AspNetCore.Dashboard;
using Azker.Core.Configuration;
using Azker.Core.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoints of the bots that <c>AddAzker</c> has added.</summary>
public static class AzkerEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps <c>POST {WEBHOOK_PATH}</c> of every bot whose <c>USE_WEBHOOK</c> is true, <c>GET /health</c>, and for probes
    /// <c>GET /health/live</c> and <c>GET /health/ready</c>. A webhook request is at most 1 MiB large, and needs the secret token of its
    /// bot. The health of a named bot is beside its webhook too: <c>/sales/health</c> for the path <c>/sales/webhook</c>; <c>/health</c>
    /// shows the least healthy bot.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <returns>A builder for conventions that hold for all these endpoints.</returns>
    /// <exception cref="InvalidOperationException"><c>AddAzker</c> has added no bot, or two bots have the same <c>WEBHOOK_PATH</c>.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">Settings of a bot are faulty.</exception>
    public static IEndpointConventionBuilder MapAzker(this IEndpointRouteBuilder endpoints)
    {
        IReadOnlyList<AzkerBot> bots = Bots(endpoints);
        RouteGroupBuilder group = endpoints.MapGroup("");
        MapHealth(group, bots);
        foreach (AzkerBot bot in bots.Where(bot => bot.Options.Webhook.UseWebhook))
        {
            bot.ServesWebhook = true;
            group.Map(bot.Options.Webhook.Path, new WebhookEndpoint(bot).HandleAsync);
        }

        return group;
    }

    /// <summary>
    /// Maps the dashboard of every bot: who receives, what waits, what is parked, and the dead letters with their replay. The page of a
    /// named bot is below the path: <c>/azker/sales</c>.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="path">The path of the page.</param>
    /// <returns>
    /// A builder for conventions that hold for all these endpoints, such as <c>RequireAuthorization()</c>. Without <c>DASHBOARD_KEY</c> and
    /// without such an authorization the endpoints refuse every request.
    /// </returns>
    /// <exception cref="InvalidOperationException"><c>AddAzker</c> has added no bot.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">Settings of a bot are faulty.</exception>
    public static IEndpointConventionBuilder MapAzkerDashboard(this IEndpointRouteBuilder endpoints, string path = "/azker")
    {
        RouteGroupBuilder group = endpoints.MapGroup("");
        string root = $"/{path.Trim('/')}".TrimEnd('/');
        foreach (AzkerBot bot in Bots(endpoints))
        {
            TimeProvider time = bot.Receiver.GetRequiredService<TimeProvider>();
            DashboardKey? key = bot.Options.Dashboard.Key is { } text ? new DashboardKey(text, time) : null;
            string page = bot.Name.Length == 0 ? root : $"{root}/{Uri.EscapeDataString(bot.Name)}";
            DashboardEndpoints.Map(group, page, bot, new DashboardAccess(key, isLocal: false), endpoints.ServiceProvider.GetService<IConfiguration>()?["AZKER_LANG"]);
        }

        return group;
    }

    /// <summary>Maps only the health endpoints, for a program that serves no webhook.</summary>
    internal static void MapAzkerHealth(this IEndpointRouteBuilder endpoints) => MapHealth(endpoints, Bots(endpoints));

    private static void MapHealth(IEndpointRouteBuilder endpoints, IReadOnlyList<AzkerBot> bots)
    {
        MapHealth(endpoints, WebhookOptions.HealthPath, new HealthEndpoint(bots));
        foreach (AzkerBot bot in bots.Where(bot => HealthPathOf(bot) != WebhookOptions.HealthPath))
        {
            MapHealth(endpoints, HealthPathOf(bot), new HealthEndpoint([bot]));
        }
    }

    private static void MapHealth(IEndpointRouteBuilder endpoints, string path, HealthEndpoint health)
    {
        endpoints.Map(path, health.ReportAsync);
        endpoints.Map(path + HealthPaths.Live, HealthEndpoint.AnswerLiveAsync);
        endpoints.Map(path + HealthPaths.Ready, health.AnswerReadyAsync);
    }

    private static string HealthPathOf(AzkerBot bot)
    {
        string path = bot.Options.Webhook.Path;
        return bot.Name.Length == 0 ? WebhookOptions.HealthPath : path[..path.LastIndexOf('/')] + WebhookOptions.HealthPath;
    }

    private static IReadOnlyList<AzkerBot> Bots(IEndpointRouteBuilder endpoints)
    {
        IReadOnlyList<AzkerBot> bots =
            [.. endpoints.ServiceProvider.GetServices<AzkerBotName>().Select(bot => endpoints.ServiceProvider.GetRequiredKeyedService<AzkerBot>(bot.Name))];
        if (bots.Count == 0)
        {
            throw new InvalidOperationException("No bot is added. Call builder.Services.AddAzker(builder.Configuration) before app.MapAzker().");
        }

        if (bots.Where(bot => bot.Options.Webhook.UseWebhook).GroupBy(bot => bot.Options.Webhook.Path).FirstOrDefault(same => same.Count() > 1) is { } shared)
        {
            throw new InvalidOperationException(
                $"The bots {string.Join(" and ", shared.Select(bot => $"'{bot.Name}'"))} have the same {SettingNames.WebhookPath}, '{shared.Key}'. Give each bot a path of its own.");
        }

        return bots;
    }
}
