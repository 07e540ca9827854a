using System.Globalization;
using System.Net;
using Azker.Core.Configuration;
using Azker.Core.Webhook;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.Hosting;

namespace Azker.Functions;

/// <summary>
/// <c>POST {WEBHOOK_PATH}</c>: the request to Core, and Core's outcome to the answer. The host resolves no setting in a
/// route, so the route takes every path. No function key guards it: the secret token does.
/// </summary>
public sealed class WebhookFunction(WebhookReceiver receiver, WebhookOptions options, IHostApplicationLifetime lifetime)
{
    // An invocation's own token falls as soon as the caller is gone. The body is here by then, and its update is handled all the same.
    [Function("Webhook")]
    public async Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "{*path}")] HttpRequestData request) =>
        request.Url.AbsolutePath == options.Path
            ? await HttpAnswer.OfAsync(request, await receiver.ReceiveAsync(Read(request), lifetime.ApplicationStopping))
            : await HttpAnswer.OfAsync(request, HttpStatusCode.NotFound);

    private static WebhookRequest Read(HttpRequestData request) => new()
    {
        Method = request.Method,
        SecretTokens = Values(request, SecretToken.HeaderName),
        ContentType = Values(request, "Content-Type") is [{ } type] ? type : null,
        ContentLength = Values(request, "Content-Length") is [{ } length]
            && long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) ? bytes : null,
        Body = request.Body,
    };

    /// <summary>The host has joined headers of one name by commas, so there is one value at most.</summary>
    private static string[] Values(HttpRequestData request, string header) =>
        request.Headers.TryGetValues(header, out IEnumerable<string>? values) ? [.. values] : [];
}
