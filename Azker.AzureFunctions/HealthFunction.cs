using System.Net;
using Azker.Core.Health;
using Azker.Core.Hosting;
using Azker.Core.Webhook;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace Azker.AzureFunctions;

/// <summary><c>GET /health</c>, and for probes <c>GET /health/live</c> and <c>GET /health/ready</c>.</summary>
/// <param name="bot">The bot.</param>
public sealed class HealthFunction(AzkerBot bot)
{
    /// <summary>Answers whether the bot's updates are received.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Is cancelled when the client has closed the connection.</param>
    /// <returns>200 while updates are received, 503 otherwise, with the report as JSON.</returns>
    [Function("Health")]
    public async Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequestData request, CancellationToken cancellationToken)
    {
        HealthReport report = await ReportAsync(cancellationToken);
        return await AnswerAsync(request, report, report.StatusCode);
    }

    /// <summary>Answers whether the process works, without a call to Telegram.</summary>
    /// <param name="request">The request.</param>
    /// <returns>200.</returns>
    [Function("HealthLive")]
    public static Task<HttpResponseData> RunLiveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/live")] HttpRequestData request) =>
        AnswerAsync(request, (int)HttpStatusCode.OK, HealthReport.Live);

    /// <summary>Answers whether this instance receives.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Is cancelled when the client has closed the connection.</param>
    /// <returns>200 while updates are received or Telegram cannot be asked, 503 otherwise, with the report as JSON.</returns>
    [Function("HealthReady")]
    public async Task<HttpResponseData> RunReadyAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/ready")] HttpRequestData request, CancellationToken cancellationToken)
    {
        HealthReport report = await ReportAsync(cancellationToken);
        return await AnswerAsync(request, report, report.ReadyStatusCode);
    }

    private Task<HealthReport> ReportAsync(CancellationToken cancellationToken)
    {
        bot.Guard.BeginForRequest();
        return bot.GetHealthAsync(cancellationToken);
    }

    private async Task<HttpResponseData> AnswerAsync(HttpRequestData request, HealthReport report, int status)
    {
        HttpResponseData response = await AnswerAsync(request, status, report.ToJson());
        response.Headers.Add(BotFingerprint.Header, bot.Fingerprint);
        return response;
    }

    private static async Task<HttpResponseData> AnswerAsync(HttpRequestData request, int status, ReadOnlyMemory<byte> json)
    {
        HttpResponseData response = await HttpAnswer.OfAsync(request, (HttpStatusCode)status, json);
        response.Headers.Add("Cache-Control", "no-store");
        return response;
    }
}
