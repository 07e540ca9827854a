using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace Azker.Core.Updates;

/// <summary>Makes the typed form of an update, if necessary without the parts that the client library cannot read.</summary>
internal static class TypedUpdate
{
    /// <summary>
    /// Reads the same types, and leaves out each optional part that cannot be read. The client library throws for a part whose
    /// type is newer than the library, though most handlers do not look at the part.
    /// </summary>
    private static readonly Lazy<JsonTypeInfo<Update>> Partial = new(() => (JsonTypeInfo<Update>)new JsonSerializerOptions(JsonBotSerializerContext.Default.Options)
    {
        TypeInfoResolver = JsonBotSerializerContext.Default.WithAddedModifier(OptionalParts.MakeSkippable),
        Converters = { new SkippingListConverterFactory() },
    }.GetTypeInfo(typeof(Update)));

    /// <exception cref="Exception">The update cannot be read even without its optional parts: any exception of the client library.</exception>
    public static Update Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, JsonBotSerializerContext.Default.Update)!;
        }
        catch (Exception)
        {
            return ReadPartially(json);
        }
    }

    private static Update ReadPartially(ReadOnlySpan<byte> json)
    {
        SkippedParts.Reset();
        try
        {
            return JsonSerializer.Deserialize(json, Partial.Value)!;
        }
        catch (Exception error) when (SkippedParts.AreTooMany)
        {
            throw new JsonException($"More than {SkippedParts.Max} parts cannot be read.", error);
        }
    }
}
