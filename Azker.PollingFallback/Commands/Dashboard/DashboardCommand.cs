using System.CommandLine;
using Azker.PollingFallback.Language;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Commands.Dashboard;

/// <summary><c>dashboard</c>: serves a page that shows who receives, and what is kept.</summary>
internal static class DashboardCommand
{
    /// <param name="configure">Adds the handlers of the bot, for a replay.</param>
    public static Command Create(Action<IAzkerBuilder>? configure)
    {
        var newKey = new Option<bool>("--new-key") { Description = Texts.DashboardNewKeyOption };
        var dashboard = new Command("dashboard", Texts.DashboardDescription) { newKey };
        dashboard.SetAction((result, cancellationToken) => ServeDashboard.RunAsync(configure, result.GetValue(newKey), cancellationToken));
        return dashboard;
    }
}
