using System.Net;
using Azker.Core.Health;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.Functions;

/// <summary><c>GET /health</c>.</summary>
/// <param name="services">The services of the bot; <see cref="WebhookFunction"/> says why they are not parameters.</param>
public sealed class HealthFunction(IServiceProvider services)
{
    private readonly HealthReporter _reporter = services.GetRequiredService<HealthReporter>();

    [Function("Health")]
    public async Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequestData request, CancellationToken cancellationToken)
    {
        HealthReport report = await _reporter.ReportAsync(cancellationToken);
        HttpResponseData response = await HttpAnswer.OfAsync(request, (HttpStatusCode)report.StatusCode, report.ToJson());
        response.Headers.Add("Cache-Control", "no-store");
        return response;
    }
}
