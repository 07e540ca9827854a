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
        Write(200, writer =>
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

    public static ApiAnswer Fail(int status, string description) => Fail(status, description, null, 0);

    public static ApiAnswer TooManyRequests(int retryAfter) =>
        Fail(429, $"Too Many Requests: retry after {retryAfter}", "retry_after", retryAfter) with { RetryAfter = retryAfter };

    /// <summary>The chat is a group that became a supergroup.</summary>
    public static ApiAnswer Migrated(long supergroup) =>
        Fail(400, "Bad Request: group chat was upgraded to a supergroup chat", "migrate_to_chat_id", supergroup);

    /// <summary>The stand-in itself failed. The client gets the reason.</summary>
    public static ApiAnswer Internal(Exception exception) =>
        Fail(500, $"Internal Server Error: {exception.GetType().Name}: {exception.Message}");

    private static ApiAnswer Fail(int status, string description, string? parameter, long value) =>
        Write(status, writer =>
        {
            writer.WriteBoolean("ok", false);
            writer.WriteNumber("error_code", status);
            writer.WriteString("description", description);
            if (parameter is not null)
            {
                writer.WriteStartObject("parameters");
                writer.WriteNumber(parameter, value);
                writer.WriteEndObject();
            }
        });

    private static ApiAnswer Write(int status, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Relaxed))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return new ApiAnswer(status, stream.ToArray());
    }
}
