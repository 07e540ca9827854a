using System.Text.Json;
using System.Text.Json.Nodes;
using Azker.BotApi.Bots;
using Azker.BotApi.Messages;
using Azker.BotApi.Requests;

namespace Azker.BotApi.Methods;

/// <summary>The methods that send, change and delete messages, and those that only confirm.</summary>
internal static class MessageMethods
{
    private const int MaxTextLength = 4096;

    public static ApiAnswer Send(BotAccount bot, ApiCall call)
    {
        long chat = ChatId.Parse(call.Arguments["chat_id"]);
        string text = Text(call);
        JsonObject message = TextMessage.Create(
            bot.Parts.Chats.NextId(), BotMethods.User(bot), chat, bot.Gate.Now.ToUnixTimeSeconds(), text);
        int? replyTo = ReplyTo(call.Arguments);
        if (replyTo is not null && bot.Parts.Chats.Find(chat, replyTo.Value) is { } original)
        {
            JsonObject copy = original.DeepClone().AsObject();
            copy.Remove("reply_to_message");
            message["reply_to_message"] = copy;
        }

        bot.Parts.Chats.Add(message);
        Record(bot, call, message, replyTo);
        return ApiAnswer.Ok(message);
    }

    public static ApiAnswer EditText(BotAccount bot, ApiCall call)
    {
        long chat = ChatId.Parse(call.Arguments["chat_id"]);
        string text = Text(call);
        if (bot.Parts.Chats.Find(chat, call.Arguments.Integer("message_id", 0)) is not { } message)
        {
            throw new CallRefusal("message to edit not found");
        }

        if ((string?)message["text"] == text)
        {
            throw new CallRefusal("message is not modified: specified new message content and reply markup are exactly "
                + "the same as a current content and reply markup of the message");
        }

        message["text"] = text;
        message["edit_date"] = bot.Gate.Now.ToUnixTimeSeconds();
        Record(bot, call, message, null);
        return ApiAnswer.Ok(message);
    }

    public static ApiAnswer Delete(BotAccount bot, ApiCall call)
    {
        long chat = ChatId.Parse(call.Arguments["chat_id"]);
        return bot.Parts.Chats.Remove(chat, call.Arguments.Integer("message_id", 0))
            ? ApiAnswer.True
            : throw new CallRefusal("message to delete not found");
    }

    public static ApiAnswer SendAction(BotAccount bot, ApiCall call)
    {
        ChatId.Parse(call.Arguments["chat_id"]);
        return ApiAnswer.True;
    }

    public static ApiAnswer AnswerCallback(BotAccount bot, ApiCall call) =>
        call.Arguments["callback_query_id"].Length > 0
            ? ApiAnswer.True
            : throw new CallRefusal("query is too old and response timeout expired or query ID is invalid");

    private static void Record(BotAccount bot, ApiCall call, JsonObject message, int? replyTo) => bot.Parts.Recorder.Send(
        bot.Gate.Now,
        call.Caller.Port,
        call.Method,
        (long)message["chat"]!["id"]!,
        (int)message["message_id"]!,
        (string)message["text"]!,
        replyTo);

    private static string Text(ApiCall call) => call.Arguments["text"] switch
    {
        { Length: 0 } => throw new CallRefusal("message text is empty"),
        { Length: > MaxTextLength } => throw new CallRefusal("message is too long"),
        string text => text,
    };

    private static int? ReplyTo(RequestArguments arguments)
    {
        if (arguments["reply_parameters"] is not { Length: > 0 } parameters)
        {
            return arguments.Integer("reply_to_message_id", 0) is > 0 and int old ? old : null;
        }

        try
        {
            return (int?)JsonNode.Parse(parameters)?["message_id"];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
