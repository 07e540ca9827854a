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

    public static Task JsonAsync(HttpResponse response, ReadOnlyMemory<byte> json, bool withBody = true) =>
        WriteAsync(response, "application/json", json, withBody);

    public static async Task WriteAsync(HttpResponse response, string contentType, ReadOnlyMemory<byte> content, bool withBody = true)
    {
        response.ContentType = contentType;
        response.ContentLength = content.Length;
        if (withBody)
        {
            await response.BodyWriter.WriteAsync(content);
        }
    }
}
