using Azker.BotApi.Requests;
using Microsoft.AspNetCore.Http;

namespace Azker.BotApi.Pushing;

/// <summary>Reads the method that a webhook calls with the body of its answer.</summary>
internal static class ReplyMethod
{
    /// <summary>The call, or null when the body contains no call or a call that the Bot API server ignores.</summary>
    /// <exception cref="WebhookFault">The body is malformed, or its parameters are larger than 1 MiB.</exception>
    public static async Task<ApiCall?> ReadAsync(WebhookResponse response, CancellationToken cancellationToken)
    {
        var context = new DefaultHttpContext();
        context.Request.ContentType = response.ContentType;
        context.Request.Body = new MemoryStream(response.Body);
        try
        {
            RequestArguments arguments = await ArgumentReader.ReadAsync(context.Request, cancellationToken);
            string method = arguments["method"].ToLowerInvariant();
            return method.Length == 0 || IsIgnored(method) ? null : new ApiCall(method, arguments, Caller.Webhook);
        }
        catch (BadHttpRequestException)
        {
            throw new WebhookFault("Request Entity Too Large: too many parameters");
        }
        catch (InvalidDataException)
        {
            throw new WebhookFault("Bad Request");
        }
    }

    private static bool IsIgnored(string method) =>
        method is "deletewebhook" or "setwebhook" or "close" or "logout" || method.StartsWith("get", StringComparison.Ordinal);
}
