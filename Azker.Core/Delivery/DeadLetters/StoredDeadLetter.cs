using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Azker.Core.Delivery.DeadLetters;

/// <summary>A dead letter with its id.</summary>
/// <param name="Id">The id: the <c>update_id</c>, or <c>unreadable</c>, and a hash of the raw JSON.</param>
/// <param name="Letter">The reason.</param>
internal sealed record StoredDeadLetter(string Id, DeadLetter Letter)
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Writes the dead letter as one line of JSON: <c>id</c>, the reason, and the raw JSON as the string <c>raw</c>, or as
    /// <c>raw_base64</c> if it is not UTF-8 and so no string.
    /// </summary>
    /// <param name="raw">The raw JSON; <see langword="null"/> omits it.</param>
    /// <returns>The JSON, without a line break.</returns>
    public string ToJson(ReadOnlyMemory<byte>? raw = null)
    {
        JsonObject json = JsonSerializer.SerializeToNode(Letter, DeadLetterJsonContext.Default.DeadLetter)!.AsObject();
        json.Insert(0, "id", Id);
        if (raw is { } bytes)
        {
            bool isText = Utf8.IsValid(bytes.Span);
            json[isText ? "raw" : "raw_base64"] = isText ? Encoding.UTF8.GetString(bytes.Span) : Convert.ToBase64String(bytes.Span);
        }

        return json.ToJsonString(OneLine);
    }
}
