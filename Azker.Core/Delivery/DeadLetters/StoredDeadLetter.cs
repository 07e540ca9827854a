using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Azker.Core.Delivery.DeadLetters;

/// <summary>A dead letter with the name under which it is kept.</summary>
/// <param name="Id">The name: the <c>update_id</c>, or <c>unreadable</c>, and a hash of the raw JSON.</param>
/// <param name="Letter">Why the update was given up on.</param>
internal sealed record StoredDeadLetter(string Id, DeadLetter Letter)
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The letter as one line of JSON: <c>id</c>, what is known of it, and the raw JSON as the string <c>raw</c>; as
    /// <c>raw_base64</c> where it is not UTF-8, which a string cannot hold.
    /// </summary>
    /// <param name="raw">The raw JSON; <see langword="null"/> leaves it out.</param>
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
