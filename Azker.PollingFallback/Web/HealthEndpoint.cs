using Azker.Core.Health;
using Microsoft.AspNetCore.Http;

namespace Azker.PollingFallback.Web;

/// <summary><c>GET /health</c>.</summary>
internal sealed class HealthEndpoint(HealthReporter reporter)
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

        HealthReport report = await reporter.ReportAsync(context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.StatusCode = report.StatusCode;
        await Answer.JsonAsync(context.Response, report.ToJson(), withBody: !isHead);
    }
}
