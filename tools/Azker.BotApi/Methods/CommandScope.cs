using System.Text.Json;

namespace Azker.BotApi.Methods;

/// <summary>The scope of a list of commands. Two spellings of one scope are equal.</summary>
internal sealed record CommandScope(string Type, long Chat = 0, long User = 0)
{
    private const string Owner = "BotCommandScope";
    private static readonly CommandScope Default = new("default");

    /// <exception cref="CallRefusal">The argument is not a scope.</exception>
    public static CommandScope Parse(string argument)
    {
        if (argument.Length == 0)
        {
            return Default;
        }

        JsonElement scope = JsonFields.Parse(argument, Owner);
        if (scope.ValueKind != JsonValueKind.Object)
        {
            throw new CallRefusal($"can't parse {Owner}: {Owner} must be an Object");
        }

        string type = JsonFields.Text(scope, Owner, "type");
        return type switch
        {
            "default" or "all_private_chats" or "all_group_chats" or "all_chat_administrators" => new CommandScope(type),
            "chat" or "chat_administrators" or "chat_member" => OfChat(scope, type),
            _ => throw new CallRefusal($"can't parse {Owner}: Unsupported type specified"),
        };
    }

    /// <summary>The Bot API server reads the whole scope before it looks for the chat.</summary>
    private static CommandScope OfChat(JsonElement scope, string type)
    {
        string chatId = JsonFields.Text(scope, Owner, "chat_id");
        if (chatId.Length == 0)
        {
            throw new CallRefusal($"can't parse {Owner}: Empty chat_id specified");
        }

        long user = type == "chat_member" ? JsonFields.Integer(scope, Owner, "user_id") : 0;
        if (type == "chat_member" && user <= 0)
        {
            throw new CallRefusal($"can't parse {Owner}: Invalid user_id specified");
        }

        long chat = ChatId.Parse(chatId);
        return chat > 0 && type != "chat"
            ? throw new CallRefusal("can't use specified scope in private chats")
            : new CommandScope(type, chat, user);
    }
}
