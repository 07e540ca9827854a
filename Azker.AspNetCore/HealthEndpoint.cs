using Azker.Core.Health;
using Azker.Core.Hosting;
using Azker.Core.Webhook;
using Microsoft.AspNetCore.Http;

namespace Azker.AspNetCore;

/// <summary>The health of the bot, or of the least healthy of several bots: <c>GET /health</c>, and the answers for probes.</summary>
internal sealed class HealthEndpoint(IReadOnlyList<AzkerBot> bots)
{
    /// <summary><c>GET /health/live</c>: a process that answers works.</summary>
    public static Task AnswerLiveAsync(HttpContext context) =>
        AnswerAsync(context, () => Task.FromResult((StatusCodes.Status200OK, HealthReport.Live)));

    /// <summary><c>GET /health</c>.</summary>
    public Task ReportAsync(HttpContext context) => AnswerAsync(context, report => report.StatusCode);

    /// <summary><c>GET /health/ready</c>: whether each bot receives, or stands by.</summary>
    public Task AnswerReadyAsync(HttpContext context) => AnswerAsync(context, report => report.ReadyStatusCode);

    private Task AnswerAsync(HttpContext context, Func<HealthReport, int> status) => AnswerAsync(context, async () =>
    {
        context.Response.Headers[BotFingerprint.Header] = string.Join(", ", bots.Select(bot => bot.Fingerprint));
        HealthReport[] reports = await Task.WhenAll(bots.Select(bot => bot.GetHealthAsync(context.RequestAborted)));
        HealthReport worst = reports.MinBy(report => (status(report) == StatusCodes.Status200OK, report.Active, report.Reason is null))!;
        return (status(worst), worst.ToJson());
    });

    private static async Task AnswerAsync(HttpContext context, Func<Task<(int Status, ReadOnlyMemory<byte> Json)>> answer)
    {
        bool isHead = HttpMethods.IsHead(context.Request.Method);
        if (!isHead && !HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            Answer.Empty(context.Response, StatusCodes.Status405MethodNotAllowed);
            return;
        }

        (int status, ReadOnlyMemory<byte> json) = await answer();
        context.Response.Headers.CacheControl = "no-store";
        context.Response.StatusCode = status;
        await Answer.JsonAsync(context.Response, json, withBody: !isHead);
    }
}
