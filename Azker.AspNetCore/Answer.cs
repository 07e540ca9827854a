using Microsoft.AspNetCore.Http;

namespace Azker.AspNetCore;

/// <summary>Writes answers, each with its exact <c>Content-Length</c>.</summary>
internal static class Answer
{
    public static void Empty(HttpResponse response, int statusCode)
    {
        response.StatusCode = statusCode;
        response.ContentLength = 0;
    }

    public static async Task JsonAsync(HttpResponse response, ReadOnlyMemory<byte> json, bool withBody = true)
    {
        response.ContentType = "application/json";
        response.ContentLength = json.Length;
        if (withBody)
        {
            await response.BodyWriter.WriteAsync(json);
        }
    }
}
