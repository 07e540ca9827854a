using System.Text;
using Azker.Core.Updates;
using CsCheck;

namespace Azker.Core.Tests.Updates;

public class ReceivedUpdateTests
{
    private static readonly byte[] Message = Encoding.UTF8.GetBytes(
        "{\"update_id\":7,\n\"message\":{\"message_id\":1,\"from\":{\"id\":5,\"is_bot\":false,\"first_name\":\"ليلى\"},\"chat\":{\"id\":-100,\"type\":\"group\",\"title\":\"t\"},\"date\":1700000000,\"text\":\"hi\"}}");

    [Fact]
    public void Id_kind_and_key_are_read_from_the_raw_JSON()
    {
        ReceivedUpdate update = ReceivedUpdate.Parse(Message);

        Assert.Equal((7, "message", new UpdateKey(-100, 0)), (update.Id, update.Kind, update.Key));
        Assert.True(update.Raw.Span.SequenceEqual(Message));
    }

    [Fact]
    public void The_typed_update_is_made_once_on_first_use()
    {
        ReceivedUpdate update = ReceivedUpdate.Parse(Message);

        Assert.Equal("ليلى", update.Update.Message!.From!.FirstName);
        Assert.Same(update.Update, update.Update);
    }

    [Theory]
    [InlineData("message", """{"chat":{"id":9}}""", 9, 0)]
    [InlineData("edited_message", """{"from":{"id":1},"chat":{"id":9}}""", 9, 0)]
    [InlineData("channel_post", """{"chat":{"type":"channel","id":-9}}""", -9, 0)]
    [InlineData("edited_channel_post", """{"chat":{"id":-9}}""", -9, 0)]
    [InlineData("inline_query", """{"id":"77","from":{"id":9}}""", 9, 1)]
    [InlineData("chosen_inline_result", """{"from":{"id":9}}""", 9, 2)]
    [InlineData("callback_query", """{"id":"1","message":{"chat":{"id":4},"from":{"id":3}},"from":{"id":9}}""", 9, 3)]
    [InlineData("shipping_query", """{"from":{"id":9}}""", 9, 4)]
    [InlineData("pre_checkout_query", """{"from":{"id":9}}""", 9, 4)]
    [InlineData("my_chat_member", """{"from":{"id":1},"chat":{"id":9}}""", 9, 5)]
    [InlineData("chat_member", """{"chat":{"id":1},"from":{"id":2},"new_chat_member":{"status":"member","user":{"id":9}}}""", 9, 6)]
    [InlineData("chat_join_request", """{"chat":{"id":1},"from":{"id":9}}""", 9, 6)]
    [InlineData("chat_boost", """{"chat":{"id":9}}""", 9, 7)]
    [InlineData("removed_chat_boost", """{"chat":{"id":9}}""", 9, 7)]
    [InlineData("message_reaction", """{"chat":{"id":9}}""", 9, 8)]
    [InlineData("message_reaction_count", """{"chat":{"id":9}}""", 9, 9)]
    [InlineData("business_connection", """{"id":"c","user":{"id":9}}""", 9, 10)]
    [InlineData("business_message", """{"chat":{"id":9}}""", 9, 11)]
    [InlineData("edited_business_message", """{"chat":{"id":9}}""", 9, 11)]
    [InlineData("deleted_business_messages", """{"chat":{"id":9}}""", 9, 11)]
    [InlineData("guest_message", """{"chat":{"id":9}}""", 9, 12)]
    [InlineData("purchased_paid_media", """{"from":{"id":9}}""", 9, 12)]
    [InlineData("managed_bot", """{"user":{"id":9},"bot":{"id":3}}""", 9, 13)]
    [InlineData("poll", """{"id":"5089123456789012345","question":"?"}""", 5089123456789012345, 14)]
    [InlineData("poll_answer", """{"poll_id":"5089123456789012345","user":{"id":1}}""", 5089123456789012345, 14)]
    [InlineData("subscription", """{"user":{"id":9},"state":"active"}""", 9, 15)]
    [InlineData("stopped_message_generation", """{"chat":{"id":9}}""", 9, 16)]
    public void Every_kind_has_the_ordering_key_of_the_Bot_API_server(string kind, string payload, long id, int space)
    {
        ReceivedUpdate update = Parse($$"""{"update_id":1,"{{kind}}":{{payload}}}""");

        Assert.Equal((kind, new UpdateKey(id, space)), (update.Kind, update.Key));
    }

    [Theory]
    [InlineData("message", """{"chat":{"id":9},"date":1700000000}""", 86_400)]
    [InlineData("edited_message", """{"date":1600000000,"edit_date":1700000000,"chat":{"id":9}}""", 86_400)]
    [InlineData("channel_post", """{"date":1700000000}""", 86_400)]
    [InlineData("edited_channel_post", """{"date":1600000000,"edit_date":1700000000}""", 86_400)]
    [InlineData("my_chat_member", """{"date":1700000000}""", 86_400)]
    [InlineData("chat_member", """{"new_chat_member":{"user":{"id":9},"until_date":1},"date":1700000000}""", 86_400)]
    [InlineData("chat_join_request", """{"date":1700000000}""", 86_400)]
    [InlineData("chat_boost", """{"chat":{"id":9},"boost":{"boost_id":"1","add_date":1700000000,"expiration_date":1800000000}}""", 86_400)]
    [InlineData("removed_chat_boost", """{"remove_date":1700000000}""", 86_400)]
    [InlineData("message_reaction", """{"date":1700000000}""", 86_400)]
    [InlineData("message_reaction_count", """{"date":1700000000}""", 86_400)]
    [InlineData("business_message", """{"date":1700000000}""", 86_400)]
    [InlineData("edited_business_message", """{"date":1600000000,"edit_date":1700000000}""", 86_400)]
    [InlineData("guest_message", """{"date":1700000000}""", 86_400)]
    public void The_lifetime_of_kinds_with_a_date_counts_from_it(string kind, string payload, int seconds) =>
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1700000000 + seconds), Parse($$"""{"update_id":1,"{{kind}}":{{payload}}}""").ExpiresAt(default));

    [Theory]
    [InlineData("inline_query", """{"id":"1"}""", 30)]
    [InlineData("chosen_inline_result", """{"result_id":"1"}""", 600)]
    [InlineData("callback_query", """{"message":{"date":1600000000}}""", 150)]
    [InlineData("shipping_query", "{}", 150)]
    [InlineData("pre_checkout_query", "{}", 150)]
    [InlineData("business_connection", """{"date":1600000000}""", 86_400)]
    [InlineData("deleted_business_messages", "{}", 86_400)]
    [InlineData("purchased_paid_media", "{}", 86_400)]
    [InlineData("managed_bot", "{}", 86_400)]
    [InlineData("poll", "{}", 86_400)]
    [InlineData("poll_answer", "{}", 86_400)]
    [InlineData("custom_query", "{}", 86_400)]
    [InlineData("message", """{"date":"yesterday"}""", 86_400)]
    [InlineData("message", """{"date":9000000000000000000}""", 86_400)]
    [InlineData("message", """{"date":0}""", 86_400)]
    public void The_lifetime_of_the_other_kinds_counts_from_their_arrival(string kind, string payload, int seconds)
    {
        DateTimeOffset now = DateTimeOffset.UnixEpoch.AddYears(56);

        Assert.Equal(now.AddSeconds(seconds), Parse($$"""{"update_id":1,"{{kind}}":{{payload}}}""").ExpiresAt(now));
    }

    [Fact]
    public void Every_type_that_the_client_library_knows_has_a_kind()
    {
        IEnumerable<string> known = Telegram.Bot.Types.Update.AllTypes.Select(type =>
            string.Concat(type.ToString().Select((letter, at) => char.IsUpper(letter) && at > 0 ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}")));

        Assert.Equal(known.Order(), UpdateKind.All.Select(kind => kind.Name).Order());
    }

    [Theory]
    [InlineData("""{"update_id":3,"custom_event":{"chat":{"id":9}}}""", "custom_event")]
    [InlineData("""{"update_id":3,"message":{"text":"no chat"}}""", "message")]
    [InlineData("""{"update_id":3,"message":"not an object"}""", "message")]
    [InlineData("""{"update_id":3,"poll":{"id":"not a number"}}""", "poll")]
    [InlineData("""{"update_id":3}""", "")]
    public void An_update_without_a_readable_key_has_a_key_of_its_own(string json, string kind)
    {
        ReceivedUpdate update = Parse(json);

        Assert.Equal((kind, new UpdateKey(3, UpdateKind.Unordered)), (update.Kind, update.Key));
    }

    [Fact]
    public void The_update_id_may_be_the_last_property() => Assert.Equal(4, Parse("""{"message":{"chat":{"id":1}},"update_id":4}""").Id);

    [Theory]
    [InlineData("""{"update_id":5,"message":""")]
    [InlineData("""{"update_id":5,"message":{"chat":""")]
    [InlineData("""{"update_id":5,"unknown":""")]
    public void JSON_of_a_MiB_that_only_nests_is_unreadable(string start)
    {
        foreach (string level in (string[])["[", "{\"id\":"])
        {
            Assert.Contains(
                "not well-formed JSON",
                Assert.Throws<UnreadableUpdateException>(() => Parse(start + string.Concat(Enumerable.Repeat(level, 1024 * 1024 / level.Length)))).Message,
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", "not well-formed JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("null", "not a JSON object")]
    [InlineData("""{"message":{}}""", "no update_id")]
    [InlineData("""{"update_id":"5"}""", "not a 32-bit integer")]
    [InlineData("""{"update_id":5.5}""", "not a 32-bit integer")]
    [InlineData("""{"update_id":99999999999}""", "not a 32-bit integer")]
    [InlineData("""{"update_id":5,"message":{""", "not well-formed JSON")]
    [InlineData("""{"update_id":5} and more""", "not well-formed JSON")]
    public void Data_that_is_not_an_update_is_unreadable(string json, string reason) =>
        Assert.Contains(reason, Assert.Throws<UnreadableUpdateException>(() => Parse(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_update_that_does_not_fit_the_types_has_an_id_but_no_typed_form()
    {
        ReceivedUpdate update = Parse("""{"update_id":5,"message":{"chat":{"id":1,"type":{}},"date":"yesterday"}}""");

        Assert.Equal(5, update.Id);
        Assert.Contains("Update 5 (message)", Assert.Throws<UnreadableUpdateException>(() => update.Update).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_bytes_are_read_or_refused_but_never_break_the_reader() =>
        Gen.Select(Gen.Int[0, Message.Length - 1], Gen.Byte, Gen.Int[0, Message.Length]).Sample((at, value, length) =>
        {
            byte[] bytes = [.. Message[..length]];
            if (at < length)
            {
                bytes[at] = value;
            }

            try
            {
                _ = ReceivedUpdate.Parse(bytes).Update;
            }
            catch (UnreadableUpdateException)
            {
            }
        }, iter: 20_000);

    private static ReceivedUpdate Parse(string json) => ReceivedUpdate.Parse(Encoding.UTF8.GetBytes(json));
}
