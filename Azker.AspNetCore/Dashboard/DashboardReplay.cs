using System.Text.Json;
using Azker.Core.Delivery.DeadLetters;
using Azker.Core.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Azker.AspNetCore.Dashboard;

/// <summary>Replays a dead letter with the handlers of this program, as <c>dead-letters replay</c> does.</summary>
internal sealed partial class DashboardReplay(AzkerBot bot, DashboardKept kept, DashboardFeed feed, ILogger<DashboardReplay> logger, CancellationToken stopping)
{
    private readonly DeadLetterReplay _replay = bot.Receiver.GetRequiredService<DeadLetterReplay>();

    public async Task RunAsync(HttpContext context)
    {
        if (bot.Handlers.Count == 0)
        {
            await DashboardAnswer.TextAsync(context.Response, StatusCodes.Status409Conflict, "This program has no handlers, so it cannot replay.");
            return;
        }

        ReplayReport report = await ReplayAsync((string)context.GetRouteValue("id")!);
        kept.Forget();
        feed.Forget();
        await DashboardAnswer.JsonAsync(context.Response, report, DashboardJsonContext.Default.ReplayReport);
    }

    /// <summary>A person who closes the page does not cancel the handler: what it has sent already would be sent again by the next replay.</summary>
    private async Task<ReplayReport> ReplayAsync(string id)
    {
        if (await kept.FindLetterAsync(id, stopping) is not { } letter)
        {
            return new ReplayReport("gone");
        }

        ReplayResult result = await _replay.ReplayAsync(letter, stopping);
        string outcome = JsonNamingPolicy.SnakeCaseLower.ConvertName($"{result.Outcome}");
        Log.Replayed(logger, letter.Id, outcome);
        return new ReplayReport(result is { Outcome: ReplayOutcome.Handled, Why: not null } ? "handled_kept" : outcome);
    }

    private static partial class Log
    {
        [LoggerMessage(12201, LogLevel.Information, "The dashboard replayed dead letter {Id}: {Outcome}.")]
        public static partial void Replayed(ILogger logger, string id, string outcome);
    }
}
