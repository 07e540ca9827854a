using System.Net;
using Azker.Core.Health;
using Azker.Core.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace Azker.AzureFunctions;

/// <summary><c>GET /health</c>.</summary>
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
        HealthReport report = await bot.GetHealthAsync(cancellationToken);
        HttpResponseData response = await HttpAnswer.OfAsync(request, (HttpStatusCode)report.StatusCode, report.ToJson());
        response.Headers.Add("Cache-Control", "no-store");
        return response;
    }
}
