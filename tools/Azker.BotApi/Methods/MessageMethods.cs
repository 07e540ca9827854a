using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azker.BotApi.Bots;
using Azker.BotApi.Messages;
using Azker.BotApi.Requests;

namespace Azker.BotApi.Methods;

internal static class MessageMethods
{
    private const int MaxTextLength = 4096;

    public static ApiAnswer Send(BotAccount bot, ApiCall call)
    {
        if (FindFault(call, out long chat) is { } fault)
        {
            return fault;
        }

        string text = call.Arguments["text"];
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
        if (FindFault(call, out long chat) is { } fault)
        {
            return fault;
        }

        if (bot.Parts.Chats.Find(chat, call.Arguments.Integer("message_id", 0)) is not { } message)
        {
            return ApiAnswer.Fail(400, "Bad Request: message to edit not found");
        }

        if ((string?)message["text"] == call.Arguments["text"])
        {
            return ApiAnswer.Fail(400, "Bad Request: message is not modified: specified new message content and reply markup are exactly "
                + "the same as a current content and reply markup of the message");
        }

        message["text"] = call.Arguments["text"];
        message["edit_date"] = bot.Gate.Now.ToUnixTimeSeconds();
        Record(bot, call, message, null);
        return ApiAnswer.Ok(message);
    }

    public static ApiAnswer Delete(BotAccount bot, ApiCall call) =>
        ParseChat(call, out long chat) is { } fault
            ? fault
            : bot.Parts.Chats.Remove(chat, call.Arguments.Integer("message_id", 0))
                ? ApiAnswer.True
                : ApiAnswer.Fail(400, "Bad Request: message to delete not found");

    public static ApiAnswer SendAction(BotAccount bot, ApiCall call) => ParseChat(call, out _) ?? ApiAnswer.True;

    public static ApiAnswer AnswerCallback(BotAccount bot, ApiCall call) =>
        call.Arguments["callback_query_id"].Length > 0
            ? ApiAnswer.True
            : ApiAnswer.Fail(400, "Bad Request: query is too old and response timeout expired or query ID is invalid");

    private static void Record(BotAccount bot, ApiCall call, JsonObject message, int? replyTo) => bot.Parts.Recorder.Send(
        bot.Gate.Now,
        call.Caller.Port,
        call.Method,
        (long)message["chat"]!["id"]!,
        (int)message["message_id"]!,
        (string)message["text"]!,
        replyTo);

    private static ApiAnswer? FindFault(ApiCall call, out long chat) =>
        ParseChat(call, out chat) is { } fault ? fault : call.Arguments["text"].Length switch
        {
            0 => ApiAnswer.Fail(400, "Bad Request: message text is empty"),
            > MaxTextLength => ApiAnswer.Fail(400, "Bad Request: message is too long"),
            _ => null,
        };

    private static ApiAnswer? ParseChat(ApiCall call, out long chat)
    {
        string text = call.Arguments["chat_id"];
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out chat) && chat != 0
            ? null
            : ApiAnswer.Fail(400, text.Length == 0 ? "Bad Request: chat_id is empty" : "Bad Request: chat not found");
    }

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
