using System.Text;
using Azker.BotApi.Updates;

namespace Azker.BotApi.Tests.Updates;

public sealed class UpdateFragmentTests
{
    [Fact]
    public void The_wire_form_has_a_line_feed_after_the_id_and_the_body_byte_for_byte()
    {
        UpdateFragment fragment = UpdateFragment.Parse("""{"message": {"text" :  "ж"}}""");
        string wire = Encoding.UTF8.GetString(UpdateFragment.ToWire(7, fragment.Json));
        Assert.Equal("{\"update_id\":7,\n\"message\":{\"text\" :  \"ж\"}}", wire);
    }

    [Theory]
    [InlineData("message", """{"date":100,"chat":{"id":-5}}""", 100L, -5)]
    [InlineData("edited_message", """{"date":100,"edit_date":200,"chat":{"id":5}}""", 200L, 5)]
    [InlineData("channel_post", """{"date":100,"chat":{"id":5}}""", 100L, 5)]
    [InlineData("edited_channel_post", """{"date":100,"chat":{"id":5}}""", 100L, 5)]
    [InlineData("inline_query", """{"from":{"id":5}}""", null, 5 + (1L << 33))]
    [InlineData("chosen_inline_result", """{"from":{"id":5}}""", null, 5 + (2L << 33))]
    [InlineData("callback_query", """{"from":{"id":5},"message":{"chat":{"id":9}}}""", null, 5 + (3L << 33))]
    [InlineData("shipping_query", """{"from":{"id":5}}""", null, 5 + (4L << 33))]
    [InlineData("pre_checkout_query", """{"from":{"id":5}}""", null, 5 + (4L << 33))]
    [InlineData("my_chat_member", """{"date":100,"chat":{"id":-5}}""", 100L, -5 + (5L << 33))]
    [InlineData("chat_member", """{"date":100,"chat":{"id":9},"new_chat_member":{"user":{"id":5}}}""", 100L, 5 + (6L << 33))]
    [InlineData("chat_join_request", """{"date":100,"chat":{"id":9},"from":{"id":5}}""", 100L, 5 + (6L << 33))]
    [InlineData("chat_boost", """{"chat":{"id":5},"boost":{"add_date":100}}""", 100L, 5 + (7L << 33))]
    [InlineData("removed_chat_boost", """{"chat":{"id":5},"remove_date":100}""", 100L, 5 + (7L << 33))]
    [InlineData("message_reaction", """{"date":100,"chat":{"id":5}}""", 100L, 5 + (8L << 33))]
    [InlineData("message_reaction_count", """{"date":100,"chat":{"id":5}}""", 100L, 5 + (9L << 33))]
    [InlineData("business_connection", """{"date":100,"user":{"id":5}}""", null, 5 + (10L << 33))]
    [InlineData("business_message", """{"date":100,"chat":{"id":5}}""", 100L, 5 + (11L << 33))]
    [InlineData("edited_business_message", """{"date":100,"edit_date":200,"chat":{"id":5}}""", 200L, 5 + (11L << 33))]
    [InlineData("deleted_business_messages", """{"chat":{"id":5}}""", null, 5 + (11L << 33))]
    [InlineData("guest_message", """{"date":100,"chat":{"id":5}}""", 100L, 5 + (12L << 33))]
    [InlineData("purchased_paid_media", """{"from":{"id":5}}""", null, 5 + (12L << 33))]
    [InlineData("managed_bot", """{"user":{"id":5}}""", null, 5 + (13L << 33))]
    [InlineData("poll", """{"id":"5"}""", null, 5)]
    [InlineData("poll_answer", """{"poll_id":"5"}""", null, 5)]
    [InlineData("custom_event", """{"data":5}""", null, 0)]
    [InlineData("custom_query", """{"data":5}""", null, 0)]
    [InlineData("a_newer_type", """{"date":100,"chat":{"id":5}}""", null, 0)]
    public void Each_type_has_its_date_and_its_ordering_key(string kind, string body, long? date, long key)
    {
        UpdateFragment fragment = UpdateFragment.Parse($$"""{"{{kind}}":{{body}}}""");
        Assert.Equal((kind, date, key), (fragment.Kind.Name, fragment.Date, fragment.Key));
    }

    [Theory]
    [InlineData("inline_query", 30)]
    [InlineData("chosen_inline_result", 600)]
    [InlineData("callback_query", 150)]
    [InlineData("shipping_query", 150)]
    [InlineData("pre_checkout_query", 150)]
    [InlineData("custom_event", 600)]
    [InlineData("message", 86_400)]
    [InlineData("poll", 86_400)]
    [InlineData("my_chat_member", 86_400)]
    public void Each_type_has_its_lifetime(string kind, int seconds) => Assert.Equal(seconds, QueuedKinds.Find(kind).Lifetime);

    [Fact]
    public void Fields_of_a_wrong_type_are_taken_as_absent()
    {
        UpdateFragment fragment = UpdateFragment.Parse("""{"message":{"date":"soon","chat":7}}""");
        Assert.Equal((null, 0), (fragment.Date, fragment.Key));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"update_id":1,"message":{}}""")]
    [InlineData("{")]
    public void Anything_but_an_object_with_one_property_is_refused(string json) =>
        Assert.Throws<ArgumentException>(() => UpdateFragment.Parse(json));
}
