using System.Globalization;
using System.Net;
using Azker.Core.Hosting;
using Azker.Core.Webhook;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.Hosting;

namespace Azker.AzureFunctions;

/// <summary><c>POST {WEBHOOK_PATH}</c>: translates the request for Core, and Core's outcome into the answer.</summary>
/// <remarks>
/// The host resolves no setting in a route, so the route takes every path. The secret token guards the function, and no function key does.
/// </remarks>
/// <param name="bot">The bot.</param>
/// <param name="lifetime">The lifetime of the worker.</param>
public sealed class WebhookFunction(AzkerBot bot, IHostApplicationLifetime lifetime)
{
    // The method takes no token of the invocation: the host cancels that token when the caller closes the connection, but the body is
    // complete by then, so the update is handled.
    /// <summary>Takes a request to the webhook.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The answer; 404 for another path than <c>WEBHOOK_PATH</c>.</returns>
    [Function("Webhook")]
    public async Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "{*path}")] HttpRequestData request)
    {
        bot.Guard.BeginForRequest();
        return request.Url.AbsolutePath == bot.Options.Webhook.Path
            ? await HttpAnswer.OfAsync(request, await bot.ReceiveAsync(Read(request), lifetime.ApplicationStopping))
            : await HttpAnswer.OfAsync(request, HttpStatusCode.NotFound);
    }

    private static WebhookRequest Read(HttpRequestData request) => new()
    {
        Method = request.Method,
        SecretTokens = Values(request, WebhookRequest.SecretTokenHeader),
        ContentType = Values(request, "Content-Type") is [{ } type] ? type : null,
        ContentLength = Values(request, "Content-Length") is [{ } length]
            && long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) ? bytes : null,
        Body = request.Body,
    };

    /// <summary>The host joins headers of the same name by commas, so there is at most one value.</summary>
    private static string[] Values(HttpRequestData request, string header) =>
        request.Headers.TryGetValues(header, out IEnumerable<string>? values) ? [.. values] : [];
}
