using System.Text.Json.Nodes;
using Azker.BotApi.Bots;
using Azker.BotApi.Requests;

namespace Azker.BotApi.Methods;

/// <summary>
/// The methods of a bot's command menu. Each pair of scope and language has a list of its own, with no fallback to another list.
/// </summary>
internal static class CommandMethods
{
    public static ApiAnswer Set(BotAccount bot, ApiCall call)
    {
        IReadOnlyList<BotCommand> commands = BotCommand.ParseList(call.Arguments["commands"]);
        (CommandScope, string) key = Key(call);
        bot.Parts.Commands[key] = BotCommand.Clean(commands);
        return ApiAnswer.True;
    }

    public static ApiAnswer Get(BotAccount bot, ApiCall call) =>
        ApiAnswer.Ok(new JsonArray([.. bot.Parts.Commands.GetValueOrDefault(Key(call), []).Select(command => new JsonObject
        {
            ["command"] = command.Command,
            ["description"] = command.Description,
        })]));

    public static ApiAnswer Delete(BotAccount bot, ApiCall call)
    {
        bot.Parts.Commands.Remove(Key(call));
        return ApiAnswer.True;
    }

    private static (CommandScope Scope, string Language) Key(ApiCall call)
    {
        CommandScope scope = CommandScope.Parse(call.Arguments["scope"]);
        string language = call.Arguments["language_code"];
        return language is [] or [>= 'a' and <= 'z', >= 'a' and <= 'z']
            ? (scope, language)
            : throw new CallRefusal("invalid language code specified");
    }
}
