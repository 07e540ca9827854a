using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Azker.BotApi.Requests;

/// <summary>The answer of the Bot API server to one call.</summary>
internal sealed record ApiAnswer(int Status, byte[] Json, int RetryAfter = 0)
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ApiAnswer True { get; } = Ok(true);

    public static ApiAnswer Ok(JsonNode result, string? description = null) =>
        Write(200, 0, writer =>
        {
            writer.WriteBoolean("ok", true);
            writer.WritePropertyName("result");
            result.WriteTo(writer);
            if (description is not null)
            {
                writer.WriteString("description", description);
            }
        });

    /// <summary>A result that is JSON already. It is written byte for byte.</summary>
    public static ApiAnswer Raw(ReadOnlySpan<byte> result) => new(200, [.. "{\"ok\":true,\"result\":"u8, .. result, (byte)'}']);

    public static ApiAnswer Fail(int status, string description, int retryAfter = 0) =>
        Write(status, retryAfter, writer =>
        {
            writer.WriteBoolean("ok", false);
            writer.WriteNumber("error_code", status);
            writer.WriteString("description", description);
            if (retryAfter > 0)
            {
                writer.WriteStartObject("parameters");
                writer.WriteNumber("retry_after", retryAfter);
                writer.WriteEndObject();
            }
        });

    public static ApiAnswer TooManyRequests(int retryAfter) => Fail(429, $"Too Many Requests: retry after {retryAfter}", retryAfter);

    /// <summary>The stand-in itself failed. The client gets the reason.</summary>
    public static ApiAnswer Internal(Exception exception) =>
        Fail(500, $"Internal Server Error: {exception.GetType().Name}: {exception.Message}");

    private static ApiAnswer Write(int status, int retryAfter, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Relaxed))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return new ApiAnswer(status, stream.ToArray(), retryAfter);
    }
}
