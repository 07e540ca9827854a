using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Telegram.Bot.Types;

namespace Azker.Core.Updates;

/// <summary>Knows which properties of the client library's types are optional in the Bot API.</summary>
internal static class OptionalParts
{
    /// <summary>
    /// Lets the optional properties of a type be left out when they cannot be read. A required property that cannot be read
    /// makes the object around it unreadable. The object of an update's kind counts as required: an update without it says
    /// nothing.
    /// </summary>
    public static void MakeSkippable(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || type.Type == typeof(Update))
        {
            return;
        }

        HashSet<string> required = [.. RequiredOf(type.Type)];
        foreach (JsonPropertyInfo property in type.Properties.Where(property => property.Set is not null && !required.Contains(property.Name)))
        {
            property.CustomConverter = (JsonConverter)Activator.CreateInstance(
                typeof(SkippingConverter<>).MakeGenericType(property.PropertyType), [property.CustomConverter])!;
        }
    }

    /// <summary>The JSON names of the properties that are always written; the client library marks exactly its required properties so.</summary>
    public static IEnumerable<string> RequiredOf(Type type) =>
        from property in type.GetProperties()
        where property.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition == JsonIgnoreCondition.Never
        select property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
}
