using System.Globalization;
using System.Net;
using Azker.Core.Configuration;
using Azker.Core.Webhook;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace Azker.Functions;

/// <summary>
/// <c>POST {WEBHOOK_PATH}</c>: the request to Core, and Core's outcome to the answer. The host resolves no setting in a
/// route, so the route takes every path. No function key guards it: the secret token does.
/// </summary>
public sealed class WebhookFunction(WebhookReceiver receiver, WebhookOptions options)
{
    [Function("Webhook")]
    public async Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "{*path}")] HttpRequestData request, CancellationToken cancellationToken)
    {
        if (request.Url.AbsolutePath != options.Path)
        {
            return await HttpAnswer.EmptyAsync(request, HttpStatusCode.NotFound);
        }

        // The token falls when the caller is gone; an update that was read is finished all the same.
        WebhookOutcome outcome = await receiver.ReceiveAsync(Read(request, cancellationToken), CancellationToken.None);
        return await HttpAnswer.OfAsync(request, outcome);
    }

    private static WebhookRequest Read(HttpRequestData request, CancellationToken cancellationToken) => new()
    {
        Method = request.Method,
        SecretTokens = Values(request, SecretToken.HeaderName),
        ContentType = Values(request, "Content-Type") is [{ } type] ? type : null,
        ContentLength = Values(request, "Content-Length") is [{ } length]
            && long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) ? bytes : null,
        Body = request.Body,
        Aborted = cancellationToken,
    };

    private static string[] Values(HttpRequestData request, string header) =>
        request.Headers.TryGetValues(header, out IEnumerable<string>? values) ? [.. values] : [];
}
