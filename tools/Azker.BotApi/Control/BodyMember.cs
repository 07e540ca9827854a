using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Azker.BotApi.Control;

/// <summary>Checks a member of a JSON body, and names its type for a refusal.</summary>
internal static class BodyMember
{
    public static bool Is(JsonPropertyInfo member, string name) => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    public static bool IsOptional(JsonPropertyInfo member) => member.AssociatedParameter is { HasDefaultValue: true };

    public static bool Fits(JsonPropertyInfo member, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return member.AssociatedParameter is { IsNullable: true };
        }

        try
        {
            value.Deserialize(member.PropertyType, ControlJson.Options);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The member in the list of what to send.</summary>
    public static string Describe(JsonPropertyInfo member) =>
        $"{member.Name} ({TypeName(member)}{(IsOptional(member) ? ", optional" : "")})";

    /// <summary>The words after "must be".</summary>
    public static string Requirement(JsonPropertyInfo member) => ValueType(member).IsEnum ? TypeName(member) : $"a {TypeName(member)}";

    private static string TypeName(JsonPropertyInfo member) => ValueType(member) switch
    {
        { IsEnum: true } type => Choice([.. Enum.GetNames(type).Select(ControlJson.Naming.ConvertName)]),
        Type type when type == typeof(int) || type == typeof(long) => "whole number",
        Type type when type == typeof(double) => "number",
        _ => "string",
    };

    private static Type ValueType(JsonPropertyInfo member) => Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;

    private static string Choice(string[] names) => $"{string.Join(", ", names[..^1])} or {names[^1]}";
}
