using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace Azker.BotApi.Control;

/// <summary>Reads the body of a control call as JSON. The Content-Type is ignored, because <c>curl -d</c> sends that of a form.</summary>
internal static class ControlBody
{
    /// <param name="request">The control call.</param>
    /// <param name="expected">A sentence for the refusal that says which body to send.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ControlRefusal">The body is empty, not UTF-8 or not JSON.</exception>
    public static async Task<JsonElement> ReadAsync(HttpRequest request, string expected, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        byte[] bytes = body.ToArray();
        if (bytes.All(value => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
        {
            throw new ControlRefusal($"The body is empty. {expected}");
        }

        if (!Utf8.IsValid(bytes))
        {
            throw new ControlRefusal($"The body is not UTF-8. {expected}");
        }

        try
        {
            return JsonElement.Parse(bytes);
        }
        catch (JsonException exception)
        {
            throw new ControlRefusal($"The body is not JSON: {exception.Message} {expected}");
        }
    }

    /// <summary>Names the value of a member in a refusal. The content of objects and arrays stays out of the sentence.</summary>
    public static string Name(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => value.GetRawText(),
    };
}
