using System.Globalization;
using Azker.Core.Webhook;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Azker.PollingFallback.Web;

/// <summary><c>POST {WEBHOOK_PATH}</c>: the request to Core, and Core's outcome to the answer.</summary>
internal sealed class WebhookEndpoint(WebhookReceiver receiver)
{
    public async Task HandleAsync(HttpContext context, CancellationToken stoppingToken)
    {
        try
        {
            await WriteAsync(context.Response, await receiver.ReceiveAsync(Read(context), stoppingToken));
        }
        catch (BadHttpRequestException error)
        {
            // Kestrel's own limits: a body that is too large, too slow, or wrongly chunked.
            await WriteAsync(context.Response, new WebhookOutcome(error.StatusCode));
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The client is gone.
            context.Abort();
        }
    }

    private static WebhookRequest Read(HttpContext context)
    {
        HttpRequest request = context.Request;
        StringValues secretTokens = request.Headers[WebhookRequest.SecretTokenHeader];
        return new WebhookRequest
        {
            Method = request.Method,
            SecretTokens = secretTokens!,
            ContentType = request.ContentType,
            ContentLength = request.ContentLength,
            Body = request.Body,
            Aborted = context.RequestAborted,
        };
    }

    private static async Task WriteAsync(HttpResponse response, WebhookOutcome outcome)
    {
        switch (outcome.StatusCode)
        {
            case StatusCodes.Status405MethodNotAllowed:
                response.Headers.Allow = HttpMethods.Post;
                break;
            case StatusCodes.Status400BadRequest or StatusCodes.Status408RequestTimeout or StatusCodes.Status413PayloadTooLarge:
                // What is left of the body is not worth reading.
                response.Headers.Connection = "close";
                break;
        }

        if (outcome.RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        Answer.Empty(response, outcome.StatusCode);
        if (!outcome.Body.IsEmpty)
        {
            await Answer.JsonAsync(response, outcome.Body);
        }
    }
}
