using Azker.Core.Health;
using Azker.Core.Hosting;
using Microsoft.AspNetCore.Http;

namespace Azker.AspNetCore;

/// <summary><c>GET /health</c>: the report of the bot, or of the least healthy of several bots.</summary>
internal sealed class HealthEndpoint(IReadOnlyList<AzkerBot> bots)
{
    public async Task HandleAsync(HttpContext context)
    {
        bool isHead = HttpMethods.IsHead(context.Request.Method);
        if (!isHead && !HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            Answer.Empty(context.Response, StatusCodes.Status405MethodNotAllowed);
            return;
        }

        HealthReport report = await ReportAsync(context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.StatusCode = report.StatusCode;
        await Answer.JsonAsync(context.Response, report.ToJson(), withBody: !isHead);
    }

    private async Task<HealthReport> ReportAsync(CancellationToken cancellationToken)
    {
        HealthReport[] reports = await Task.WhenAll(bots.Select(bot => bot.GetHealthAsync(cancellationToken)));
        return reports.MinBy(report => (report.Active, report.Reason is null))!;
    }
}
