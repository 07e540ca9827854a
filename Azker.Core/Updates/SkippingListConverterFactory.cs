using System.Text.Json;
using System.Text.Json.Serialization;

namespace Azker.Core.Updates;

/// <summary>Makes the converters of the two types that the client library has for lists: arrays, and enumerables for rows of buttons.</summary>
internal sealed class SkippingListConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => ElementOf(typeToConvert) is not null;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(SkippingListConverter<,>).MakeGenericType(typeToConvert, ElementOf(typeToConvert)!))!;

    private static Type? ElementOf(Type list) =>
        list.IsSZArray ? list.GetElementType()
        : list.IsConstructedGenericType && list.GetGenericTypeDefinition() == typeof(IEnumerable<>) ? list.GetGenericArguments()[0]
        : null;
}
