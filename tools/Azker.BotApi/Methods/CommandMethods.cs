using System.Text.Json;
using System.Text.Json.Nodes;
using Azker.BotApi.Bots;
using Azker.BotApi.Requests;

namespace Azker.BotApi.Methods;

internal static class CommandMethods
{
    public static ApiAnswer Set(BotAccount bot, ApiCall call)
    {
        if (!TryParse(call.Arguments["commands"], out JsonArray? commands))
        {
            return ApiAnswer.Fail(400, "Bad Request: can't parse commands: expected an Array of BotCommand");
        }

        bot.Parts.Commands[Key(call)] = commands;
        return ApiAnswer.True;
    }

    public static ApiAnswer Get(BotAccount bot, ApiCall call) =>
        ApiAnswer.Ok(bot.Parts.Commands.GetValueOrDefault(Key(call))?.DeepClone() ?? new JsonArray());

    public static ApiAnswer Delete(BotAccount bot, ApiCall call)
    {
        bot.Parts.Commands.Remove(Key(call));
        return ApiAnswer.True;
    }

    /// <summary>No scope is the default one.</summary>
    private static (string Scope, string Language) Key(ApiCall call)
    {
        string scope = call.Arguments["scope"].Replace(" ", "", StringComparison.Ordinal);
        return (scope is """{"type":"default"}""" ? "" : scope, call.Arguments["language_code"]);
    }

    private static bool TryParse(string json, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out JsonArray? commands)
    {
        try
        {
            commands = JsonNode.Parse(json) as JsonArray;
        }
        catch (JsonException)
        {
            commands = null;
        }

        return commands is not null;
    }
}
