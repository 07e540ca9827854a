using Azker.BotApi.Requests;
using Microsoft.AspNetCore.Http;

namespace Azker.BotApi.Hosting;

internal static class AnswerWriter
{
    public static Task WriteAsync(HttpContext context, ApiAnswer answer)
    {
        Begin(context, answer);
        return context.Response.Body.WriteAsync(answer.Json).AsTask();
    }

    /// <summary>Writes everything but the body.</summary>
    public static void Begin(HttpContext context, ApiAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.Headers.Connection = "keep-alive";
        context.Response.ContentType = "application/json";
        if (answer.RetryAfter > 0)
        {
            context.Response.Headers.RetryAfter = answer.RetryAfter.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        context.Response.ContentLength = answer.Json.Length;
    }
}
