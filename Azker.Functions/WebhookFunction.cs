using System.Globalization;
using System.Net;
using Azker.Core.Configuration;
using Azker.Core.Webhook;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Azker.Functions;

/// <summary>
/// <c>POST {WEBHOOK_PATH}</c>: the request to Core, and Core's outcome to the answer. The host resolves no setting in a
/// route, so the route takes every path. No function key guards it: the secret token does.
/// </summary>
/// <remarks>
/// A function class is public: the generated executor calls one that is not by reflection, which it prepares for each
/// invocation again. The services are internal, so the constructor takes the provider instead of them.
/// </remarks>
/// <param name="services">The services of the bot.</param>
/// <param name="options">The settings of the webhook.</param>
/// <param name="lifetime">Says when the host stops.</param>
public sealed class WebhookFunction(IServiceProvider services, WebhookOptions options, IHostApplicationLifetime lifetime)
{
    private readonly WebhookReceiver _receiver = services.GetRequiredService<WebhookReceiver>();

    // An invocation's own token falls as soon as the caller is gone. The body is here by then, and its update is handled all the same.
    [Function("Webhook")]
    public async Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "{*path}")] HttpRequestData request) =>
        request.Url.AbsolutePath == options.Path
            ? await HttpAnswer.OfAsync(request, await _receiver.ReceiveAsync(Read(request), lifetime.ApplicationStopping))
            : await HttpAnswer.OfAsync(request, HttpStatusCode.NotFound);

    private static WebhookRequest Read(HttpRequestData request) => new()
    {
        Method = request.Method,
        SecretTokens = Values(request, WebhookRequest.SecretTokenHeader),
        ContentType = Values(request, "Content-Type") is [{ } type] ? type : null,
        ContentLength = Values(request, "Content-Length") is [{ } length]
            && long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) ? bytes : null,
        Body = request.Body,
    };

    /// <summary>The host has joined headers of one name by commas, so there is one value at most.</summary>
    private static string[] Values(HttpRequestData request, string header) =>
        request.Headers.TryGetValues(header, out IEnumerable<string>? values) ? [.. values] : [];
}
