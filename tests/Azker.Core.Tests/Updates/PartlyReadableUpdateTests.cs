using System.Text;
using System.Text.Json.Nodes;
using Azker.Core.Updates;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Azker.Core.Tests.Updates;

/// <summary>An update is typed without the parts that the client library cannot read; the rest is complete.</summary>
public class PartlyReadableUpdateTests
{
    private const string Unknown = """{"type":"hologram","date":1600000000}""";
    private const string Untyped = """{"date":1600000000}""";

    [Theory]
    [InlineData(Unknown)]
    [InlineData(Untyped)]
    [InlineData("""{"type":5,"date":1600000000}""")]
    [InlineData("""{"type":"user","date":1600000000,"sender_user":5}""")]
    [InlineData("""{"type":"user","date":-1,"sender_user":@user}""")]
    [InlineData("\"user\"")]
    [InlineData("[]")]
    public void An_origin_that_cannot_be_read_is_left_out(string origin) =>
        Assert.Null(Message("""{"forward_origin":@bad}""", origin).ForwardOrigin);

    [Theory]
    [InlineData(Unknown)]
    [InlineData(Untyped)]
    public void Paid_media_that_cannot_be_read_leave_the_other_media(string media)
    {
        PaidMediaInfo info = Message("""{"paid_media":{"star_count":3,"paid_media":[{"type":"preview","width":4},@bad]}}""", media).PaidMedia!;

        Assert.Equal((3, 4), (info.StarCount, Assert.IsType<PaidMediaPreview>(Assert.Single(info.PaidMedia)).Width));
    }

    [Theory]
    [InlineData(Unknown)]
    [InlineData(Untyped)]
    public void Rich_blocks_that_cannot_be_read_leave_the_other_blocks(string block)
    {
        // The client library keeps blocks and texts of an unknown type as RichBlockUnsupported and RichTextUnsupported.
        RichBlock[] blocks = Message("""{"rich_message":{"blocks":[@bad,{"type":"paragraph","text":["a",@bad,{"type":"bold","text":"b"}]}]}}""", block).RichMessage!.Blocks;

        RichText[] texts = Assert.IsType<RichTextArray>(Assert.Single(blocks.OfType<RichBlockParagraph>()).Text).Array;
        Assert.Equal([RichTextType.Text, RichTextType.Bold], texts.Where(text => text is not RichTextUnsupported).Select(text => text.Type));
    }

    [Theory]
    [InlineData(Unknown)]
    [InlineData(Untyped)]
    public void Reactions_that_cannot_be_read_leave_the_other_reactions(string reaction)
    {
        JsonObject json = SampleUpdates.Read(
            """
            {"update_id":7,"message_reaction":{"chat":@chat,"message_id":1,"date":1700000000,
              "old_reaction":[@bad],"new_reaction":[@bad,{"type":"emoji","emoji":"👍"}]}}
            """.Replace("@bad", reaction, StringComparison.Ordinal));

        MessageReactionUpdated typed = Parse(json).Update.MessageReaction!;

        Assert.Empty(typed.OldReaction);
        Assert.Equal("👍", Assert.IsType<ReactionTypeEmoji>(Assert.Single(typed.NewReaction)).Emoji);
    }

    [Theory]
    [InlineData(Unknown)]
    [InlineData(Untyped)]
    public void Counts_of_reactions_that_cannot_be_read_leave_the_other_counts(string reaction)
    {
        JsonObject json = SampleUpdates.Read(
            """
            {"update_id":7,"message_reaction_count":{"chat":@chat,"message_id":1,"date":1700000000,
              "reactions":[{"type":@bad,"total_count":1},{"type":{"type":"paid"},"total_count":2}]}}
            """.Replace("@bad", reaction, StringComparison.Ordinal));

        Assert.Equal(2, Assert.Single(Parse(json).Update.MessageReactionCount!.Reactions).TotalCount);
    }

    [Fact]
    public void A_part_is_left_out_of_the_message_within_the_message()
    {
        Message message = Message(
            """
            {"reply_to_message":{"message_id":2,"date":1600000000,"chat":@chat,"text":"b","forward_origin":@bad},
             "pinned_message":{"message_id":3,"date":1600000000,"chat":@chat,"text":"c","paid_media":{"star_count":1,"paid_media":[@bad]}}}
            """);

        Assert.Equal((2, "b", null), (message.ReplyToMessage!.Id, message.ReplyToMessage.Text, message.ReplyToMessage.ForwardOrigin));
        Assert.Equal((3, "c"), (message.PinnedMessage!.Id, message.PinnedMessage.Text));
        Assert.Empty(message.PinnedMessage.PaidMedia!.PaidMedia);
    }

    [Fact]
    public void A_message_within_the_message_that_lacks_what_it_requires_is_left_out() =>
        Assert.Null(Message("""{"reply_to_message":{"message_id":2,"date":1600000000,"chat":"a","text":"b"}}""").ReplyToMessage);

    [Theory]
    [InlineData("5")]
    [InlineData("\"bold\"")]
    [InlineData("""{"type":"bold","offset":"x","length":1}""")]
    [InlineData("""{"type":["bold"],"offset":1,"length":1}""")]
    public void Entities_that_cannot_be_read_leave_the_other_entities(string entity)
    {
        Message message = Message("""{"entities":[@bad,{"type":"bot_command","offset":0,"length":5}]}""", entity);

        Assert.Equal(MessageEntityType.BotCommand, Assert.Single(message.Entities!).Type);
    }

    [Fact]
    public void A_list_that_is_no_list_is_left_out() => Assert.Null(Message("""{"entities":{"type":"bold"}}""").Entities);

    [Fact]
    public void Buttons_that_cannot_be_read_leave_the_other_buttons()
    {
        Message message = Message("""{"reply_markup":{"inline_keyboard":[[{"text":5},{"text":"a"}],5,[{"url":"no text"}]]}}""");

        Assert.Equal([["a"], []], message.ReplyMarkup!.InlineKeyboard.Select(row => row.Select(button => button.Text)));
    }

    [Fact]
    public void A_value_of_another_shape_is_left_out_alone()
    {
        Message message = Message("""{"is_topic_message":"yes","message_thread_id":1.5,"edit_date":[],"caption":{},"media_group_id":"m"}""");

        Assert.Equal((false, null, null, null, "m"), (message.IsTopicMessage, message.MessageThreadId, message.EditDate, message.Caption, message.MediaGroupId));
    }

    [Fact]
    public void A_type_that_is_the_last_of_many_properties_is_known() =>
        Assert.IsType<MessageOriginUser>(Message("""{"quote":5,"forward_origin":{"date":1600000000,"sender_user":@user,"type":"user"}}""").ForwardOrigin);

    [Theory]
    [InlineData("""{"update_id":7,"message":"hi"}""")]
    [InlineData("""{"update_id":7,"message":[]}""")]
    [InlineData("""{"update_id":7,"message":{"message_id":1,"date":1700000000,"chat":"a","text":"/ping"}}""")]
    [InlineData("""{"update_id":7,"message":{"message_id":1,"date":1700000000,"chat":{"id":"a","type":"private"},"text":"/ping"}}""")]
    [InlineData("""{"update_id":7,"message":{"message_id":1,"date":"yesterday","chat":@chat,"text":"/ping"}}""")]
    [InlineData("""{"update_id":7,"message":{"message_id":{},"date":1700000000,"chat":@chat,"text":"/ping"}}""")]
    [InlineData("""{"update_id":7,"message":{"message_id":1,"date":1700000000,"text":"/ping"}}""")]
    [InlineData("""{"update_id":7,"message":{"message_id":1,"date":1700000000,"chat":null,"text":"/ping"}}""")]
    [InlineData("""{"update_id":7,"message":{"message_id":1,"date":1700000000,"chat":{"type":"private"},"text":"/ping"}}""")]
    [InlineData("""{"update_id":7,"message":{"message_id":1,"date":1700000000,"text":"/ping","quote":5}}""")]
    [InlineData("""{"update_id":7,"callback_query":{"id":"3","from":5,"chat_instance":"4"}}""")]
    [InlineData("""{"update_id":7,"inline_query":{"id":"3","query":"","offset":""}}""")]
    [InlineData("""{"update_id":7,"my_chat_member":{"chat":@chat,"from":@user,"date":1,"old_chat_member":{"status":"left","user":@user},"new_chat_member":{"status":"hologram","user":@user}}}""")]
    public void An_update_without_what_it_requires_is_unreadable(string json) =>
        Assert.Contains("Update 7 (", Assert.Throws<UnreadableUpdateException>(() => Parse(SampleUpdates.Read(json)).Update).Message, StringComparison.Ordinal);

    [Fact]
    public void An_update_of_a_kind_that_is_not_known_is_typed_with_its_id_alone()
    {
        Update update = Parse(SampleUpdates.Read("""{"update_id":7,"hologram":{"chat":5}}""")).Update;

        Assert.Equal((7, UpdateType.Unknown), (update.Id, update.Type));
    }

    [Fact]
    public void Hundreds_of_parts_are_left_out() =>
        Assert.IsType<RichBlockThinking>(Assert.Single(Blocks(bad: 500).Update.Message!.RichMessage!.Blocks));

    [Fact]
    public void An_update_of_thousands_of_bad_parts_is_unreadable_before_all_are_tried() =>
        Assert.Equal("More than 1000 parts cannot be read.", Assert.Throws<UnreadableUpdateException>(() => Blocks(bad: 170_000).Update).InnerException!.Message);

    [Fact]
    public void Bad_parts_within_bad_parts_are_left_out()
    {
        string text = Untyped;
        for (int depth = 0; depth < 50; depth++)
        {
            text = $"{{\"type\":\"bold\",\"text\":{text}}}";
        }

        Message message = Message("""{"rich_message":{"blocks":[{"type":"paragraph","text":@bad},{"type":"divider"}]}}""", text);

        Assert.IsType<RichBlockDivider>(Assert.Single(message.RichMessage!.Blocks));
    }

    /// <summary>Reads a message with the given parts, and checks that nothing else is missing.</summary>
    private static Message Message(string parts, string bad = Unknown)
    {
        JsonObject json = SampleUpdates.Message(parts.Replace("@bad", bad, StringComparison.Ordinal));
        ReceivedUpdate update = Parse(json);

        Message message = update.Update.Message!;

        Assert.Equal((7, SampleUpdates.Text, SampleUpdates.Chat, "ليلى"), (update.Update.Id, message.Text, message.Chat.Id, message.From!.FirstName));
        Assert.Equal(json.ToJsonString(), Encoding.UTF8.GetString(update.Raw.Span));
        return message;
    }

    private static ReceivedUpdate Blocks(int bad) => Parse(SampleUpdates.Message(
        """{"rich_message":{"blocks":[@bad{"type":"thinking","text":"a"}]}}""".Replace("@bad", string.Concat(Enumerable.Repeat("{},", bad)), StringComparison.Ordinal)));

    private static ReceivedUpdate Parse(JsonObject json) => ReceivedUpdate.Parse(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
