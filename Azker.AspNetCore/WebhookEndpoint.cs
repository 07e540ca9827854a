using System.Globalization;
using Azker.Core.Hosting;
using Azker.Core.Webhook;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Primitives;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace Azker.AspNetCore;

/// <summary><c>POST {WEBHOOK_PATH}</c>: translates the request for Core, and Core's outcome into the answer.</summary>
internal sealed class WebhookEndpoint(AzkerBot bot)
{
    /// <summary>The slowest body that the server reads. Telegram's own requests are far faster.</summary>
    private static readonly MinDataRate SlowestBody = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

    public async Task HandleAsync(HttpContext context)
    {
        // Routing ignores the case of a path, and a slash after it.
        if (context.Request.Path.Value != bot.Options.Webhook.Path)
        {
            Answer.Empty(context.Response, StatusCodes.Status404NotFound);
            return;
        }

        try
        {
            Limit(context.Features);
            await WriteAsync(context.Response, await bot.ReceiveAsync(Read(context), bot.HandlersAbandoned));
        }
        catch (BadHttpRequestException error)
        {
            // Kestrel refuses a body that is too large, too slow, or wrongly chunked.
            await WriteAsync(context.Response, new WebhookOutcome(error.StatusCode));
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The client has closed the connection.
            context.Abort();
        }
    }

    /// <summary>Sets the limits of this request only: the application chooses the limits of its server.</summary>
    private static void Limit(IFeatureCollection features)
    {
        if (features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = WebhookBody.MaxLength;
        }

        if (features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = SlowestBody;
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
                // The server does not read the rest of the body, so no other request can follow on the connection.
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
