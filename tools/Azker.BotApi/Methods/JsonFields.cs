using System.Globalization;
using System.Text.Json;

namespace Azker.BotApi.Methods;

/// <summary>Reads the fields of a JSON object as the Bot API server does, with its texts (JsonObject of td).</summary>
internal static class JsonFields
{
    /// <exception cref="CallRefusal">The text is not JSON.</exception>
    public static JsonElement Parse(string json, string name)
    {
        try
        {
            return JsonElement.Parse(json);
        }
        catch (JsonException)
        {
            throw new CallRefusal($"can't parse {name} JSON object");
        }
    }

    /// <exception cref="CallRefusal">The field is absent, or it is neither a string nor a number.</exception>
    public static string Text(JsonElement element, string owner, string name)
    {
        JsonElement field = Find(element, owner, name);
        return Raw(field) ?? throw new CallRefusal($"can't parse {owner}: Field \"{name}\" must be of type String");
    }

    /// <exception cref="CallRefusal">The field is absent, or it is not a whole number, not even in a string.</exception>
    public static long Integer(JsonElement element, string owner, string name)
    {
        JsonElement field = Find(element, owner, name);
        string text = Raw(field) ?? throw new CallRefusal($"can't parse {owner}: Field \"{name}\" must be a Number");
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw new CallRefusal($"can't parse {owner}: Field \"{name}\" must be a valid Number");
    }

    private static JsonElement Find(JsonElement element, string owner, string name) => element.TryGetProperty(name, out JsonElement field)
        ? field
        : throw new CallRefusal($"can't parse {owner}: Can't find field \"{name}\"");

    private static string? Raw(JsonElement field) => field.ValueKind switch
    {
        JsonValueKind.String => field.GetString(),
        JsonValueKind.Number => field.GetRawText(),
        _ => null,
    };
}
