using System.Globalization;
using System.Net;
using Azker.Core.Webhook;
using Microsoft.Azure.Functions.Worker.Http;

namespace Azker.AzureFunctions;

/// <summary>Writes answers, each with its exact <c>Content-Length</c>: without this header the host sends an answer chunked.</summary>
internal static class HttpAnswer
{
    public static async Task<HttpResponseData> OfAsync(HttpRequestData request, WebhookOutcome outcome)
    {
        HttpResponseData response = await OfAsync(request, (HttpStatusCode)outcome.StatusCode, outcome.Body);
        if (outcome.RetryAfterSeconds is { } seconds)
        {
            response.Headers.Add("Retry-After", seconds.ToString(CultureInfo.InvariantCulture));
        }

        return response;
    }

    public static async Task<HttpResponseData> OfAsync(HttpRequestData request, HttpStatusCode status, ReadOnlyMemory<byte> json = default)
    {
        HttpResponseData response = request.CreateResponse(status);
        response.Headers.Add("Content-Length", json.Length.ToString(CultureInfo.InvariantCulture));
        if (!json.IsEmpty)
        {
            response.Headers.Add("Content-Type", "application/json");
            await response.Body.WriteAsync(json);
        }

        return response;
    }
}
