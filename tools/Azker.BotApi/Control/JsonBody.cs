using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Azker.BotApi.Control;

/// <summary>
/// A JSON object with known members from the body of a control call. Minimal APIs call <see cref="BindAsync"/> for every route.
/// </summary>
internal sealed record JsonBody<T>(T Value)
{
    private static readonly IList<JsonPropertyInfo> Members = ControlJson.Options.GetTypeInfo(typeof(T)).Properties;
    private static readonly string Expected =
        $"Send a JSON object with these members: {string.Join(", ", Members.Select(BodyMember.Describe))}.";

    /// <exception cref="ControlRefusal">The body is not such an object.</exception>
    public static async ValueTask<JsonBody<T>?> BindAsync(HttpContext context)
    {
        JsonElement body = await ControlBody.ReadAsync(context.Request, Expected, context.RequestAborted);
        if (FindFault(body) is { } fault)
        {
            throw new ControlRefusal($"{fault} {Expected}");
        }

        return new JsonBody<T>(body.Deserialize<T>(ControlJson.Options)!);
    }

    private static string? FindFault(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return $"The body is a JSON {body.ValueKind.ToString().ToLowerInvariant()}.";
        }

        string? unknown = body.EnumerateObject()
            .Select(sent => sent.Name)
            .FirstOrDefault(name => !Members.Any(member => BodyMember.Is(member, name)));
        return unknown is null
            ? Members.Select(member => FindFault(body, member)).FirstOrDefault(fault => fault is not null)
            : $"The member {unknown} is unknown.";
    }

    private static string? FindFault(JsonElement body, JsonPropertyInfo member)
    {
        JsonElement[] sent = [.. body.EnumerateObject().Where(sent => BodyMember.Is(member, sent.Name)).Select(sent => sent.Value)];
        if (sent.Length == 0)
        {
            return BodyMember.IsOptional(member) ? null : $"The member {member.Name} is missing.";
        }

        int wrong = Array.FindIndex(sent, value => !BodyMember.Fits(member, value));
        return wrong < 0
            ? null
            : $"The member {member.Name} is {ControlBody.Name(sent[wrong])} and must be {BodyMember.Requirement(member)}.";
    }
}
