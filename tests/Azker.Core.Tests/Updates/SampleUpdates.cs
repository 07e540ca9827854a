using System.Text.Json.Nodes;

namespace Azker.Core.Tests.Updates;

/// <summary>Updates with parts of all shapes: with a type of their own, nested, in lists, in lists of lists.</summary>
internal static class SampleUpdates
{
    public const string Text = "/ping";
    public const long Chat = -100;

    /// <summary>The parts, below an update's object, without which no typed update is made.</summary>
    public static IReadOnlyDictionary<string, string[]> Required { get; } = new Dictionary<string, string[]>
    {
        ["message"] = ["message_id", "date", "chat", "chat.id", "chat.type"],
        ["callback_query"] = ["id", "from", "from.id", "from.is_bot", "from.first_name", "chat_instance"],
        ["message_reaction"] = ["chat", "chat.id", "chat.type", "message_id", "date", "old_reaction", "new_reaction"],
    };

    public static IReadOnlyList<JsonObject> All { get; } =
    [
        Message(
            """{"entities":[{"type":"bot_command","offset":0,"length":5},{"type":"text_mention","offset":1,"length":2,"user":@user}]}"""),
        Message(
            """{"forward_origin":{"type":"user","date":1600000000,"sender_user":@user},"is_topic_message":true,"edit_date":1700000001}"""),
        Message(
            """
            {"reply_to_message":{"message_id":2,"date":1600000000,"chat":@chat,"text":"b",
              "forward_origin":{"type":"channel","date":1600000000,"chat":@chat,"message_id":3}}}
            """),
        Message(
            """
            {"pinned_message":{"message_id":2,"date":1600000000,"chat":@chat,
              "paid_media":{"star_count":3,"paid_media":[{"type":"photo","photo":[@photo]},{"type":"preview","width":3}]}}}
            """),
        Message(
            """
            {"external_reply":{"origin":{"type":"hidden_user","date":1600000000,"sender_user_name":"C"},"photo":[@photo],
              "poll":{"id":"1","question":"?","options":[{"persistent_id":"p","text":"a","voter_count":1}],"total_voter_count":1,
                "is_closed":false,"is_anonymous":true,"type":"regular","allows_multiple_answers":false}}}
            """),
        Message(
            """{"chat_background_set":{"type":{"type":"fill","fill":{"type":"freeform_gradient","colors":[1,2,3]},"dark_theme_dimming":4}}}"""),
        Message(
            """
            {"reply_markup":{"inline_keyboard":[
              [{"text":"a","callback_data":"1"},{"text":"b","web_app":{"url":"https://bot.example.com"}}],
              [{"text":"c","url":"https://bot.example.com"}]]}}
            """),
        Message(
            """
            {"rich_message":{"blocks":[
              {"type":"heading","text":"Head","size":1},
              {"type":"paragraph","text":["a ",{"type":"bold","text":["b",{"type":"italic","text":"c"}]}]},
              {"type":"list","items":[{"label":"1","blocks":[{"type":"paragraph","text":"d"}]}]},
              {"type":"table","cells":[[{"text":"e","align":"left","valign":"top"}]]}]}}
            """),
        Read(
            """
            {"update_id":7,"callback_query":{"id":"3","from":@user,"chat_instance":"4","data":"yes",
              "message":{"message_id":1,"date":1700000000,"chat":@chat,"text":"a","photo":[@photo]}}}
            """),
        Read(
            """
            {"update_id":7,"message_reaction":{"chat":@chat,"message_id":1,"date":1700000000,"user":@user,
              "old_reaction":[{"type":"emoji","emoji":"👍"}],"new_reaction":[{"type":"paid"},{"type":"custom_emoji","custom_emoji_id":"5"}]}}
            """),
    ];

    /// <summary>A message with <c>/ping</c> in its text, and with more parts.</summary>
    public static JsonObject Message(string parts)
    {
        JsonObject update = Read("""{"update_id":7,"message":{"message_id":1,"date":1700000000,"from":@user,"chat":@chat}}""");
        JsonObject message = update["message"]!.AsObject();
        message["text"] = Text;
        foreach ((string name, JsonNode? part) in Read(parts))
        {
            message[name] = part?.DeepClone();
        }

        return update;
    }

    /// <summary>Reads JSON with <c>@user</c>, <c>@chat</c> and <c>@photo</c> for objects of these types.</summary>
    public static JsonObject Read(string json) => JsonNode.Parse(json
        .Replace("@user", """{"id":5,"is_bot":false,"first_name":"ليلى","username":"l","is_premium":true}""", StringComparison.Ordinal)
        .Replace("@chat", $$"""{"id":{{Chat}},"type":"supergroup","title":"t","is_forum":true}""", StringComparison.Ordinal)
        .Replace("@photo", """{"file_id":"f","file_unique_id":"u","width":3,"height":4,"file_size":5}""", StringComparison.Ordinal))!.AsObject();
}
