using System.Text.Json;

namespace Azker.BotApi.Methods;

/// <summary>One command of a bot's menu.</summary>
internal sealed record BotCommand(string Command, string Description)
{
    private const string Owner = "BotCommand";
    private const int MaxCommands = 100;
    private const int MaxCommandLength = 32;
    private const int MaxDescriptionLength = 256;

    /// <summary>Reads the argument <c>commands</c>. Without the argument, the list is empty.</summary>
    /// <exception cref="CallRefusal">
    /// The argument is not a list of commands. <see cref="Clean(IReadOnlyList{BotCommand})"/> checks their content later.
    /// </exception>
    public static IReadOnlyList<BotCommand> ParseList(string argument)
    {
        if (argument.Length == 0)
        {
            return [];
        }

        JsonElement list = JsonFields.Parse(argument, "commands");
        return list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(Parse)]
            : throw new CallRefusal("expected an Array of BotCommand");
    }

    /// <summary>Checks the content as td does, then as Telegram's servers do, which answer with the texts in capitals.</summary>
    /// <exception cref="CallRefusal">The list or a command is too long, or a command is malformed.</exception>
    public static IReadOnlyList<BotCommand> Clean(IReadOnlyList<BotCommand> commands)
    {
        BotCommand[] clean = [.. commands.Select(Clean)];
        if (clean.Length > MaxCommands)
        {
            throw new CallRefusal("BOT_COMMANDS_TOO_MUCH");
        }

        return clean.All(command => command.Command.All(character => character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_'))
            ? clean
            : throw new CallRefusal("BOT_COMMAND_INVALID");
    }

    private static BotCommand Parse(JsonElement command) => command.ValueKind == JsonValueKind.Object
        ? new BotCommand(JsonFields.Text(command, Owner, "command"), JsonFields.Text(command, Owner, "description"))
        : throw new CallRefusal($"can't parse {Owner}: expected an Object");

    private static BotCommand Clean(BotCommand raw)
    {
        string command = Trim(raw.Command);
        command = command.StartsWith('/') ? command[1..] : command;
        CheckLength(command, "command", MaxCommandLength);
        string description = Trim(raw.Description);
        CheckLength(description, "command description", MaxDescriptionLength);
        return new BotCommand(command, description);
    }

    private static string Trim(string text) => text.Trim(' ', '\t', '\r', '\n', '\0', '\v');

    /// <summary>The length counts code points, not UTF-16 units.</summary>
    private static void CheckLength(string text, string name, int max)
    {
        if (text.Length == 0)
        {
            throw new CallRefusal($"{name} must be non-empty");
        }

        if (text.EnumerateRunes().Count() > max)
        {
            throw new CallRefusal($"{name} length must not exceed {max}");
        }
    }
}
