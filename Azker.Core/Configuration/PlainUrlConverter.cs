using System.Text.Json;
using System.Text.Json.Serialization;

namespace Azker.Core.Configuration;

/// <summary>Writes a URL without the parts that can contain a secret: user name, password, query and fragment.</summary>
internal sealed class PlainUrlConverter : JsonConverter<Uri>
{
    private const UriComponents Plain = UriComponents.SchemeAndServer | UriComponents.Path;

    /// <summary>A URL without the parts that can contain a secret.</summary>
    /// <param name="url">An absolute URL.</param>
    public static string Show(Uri url) => url.GetComponents(Plain, UriFormat.UriEscaped);

    public override Uri? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } text ? new Uri(text, UriKind.RelativeOrAbsolute) : null;

    public override void Write(Utf8JsonWriter writer, Uri value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.IsAbsoluteUri ? Show(value) : "");
}
