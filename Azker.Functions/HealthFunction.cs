using System.Net;
using Azker.Core.Health;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace Azker.Functions;

/// <summary><c>GET /health</c>.</summary>
public sealed class HealthFunction(HealthReporter reporter)
{
    [Function("Health")]
    public async Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequestData request, CancellationToken cancellationToken)
    {
        HealthReport report = await reporter.ReportAsync(cancellationToken);
        HttpResponseData response = await HttpAnswer.OfAsync(request, (HttpStatusCode)report.StatusCode, report.ToJson());
        response.Headers.Add("Cache-Control", "no-store");
        return response;
    }
}
