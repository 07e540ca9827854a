using System.Text.Json;

namespace Azker.BotApi.Tests.Methods;

public sealed class MessageTests
{
    [Fact]
    public async Task A_sent_message_is_returned_and_recorded_with_its_port()
    {
        await using TestServer test = await TestServer.StartAsync(new BotApiServerOptions { Ports = [0, 0] });
        JsonElement message = (await test.CallAsync("sendMessage?chat_id=-5&text=hi", port: 1)).Result;
        Assert.Equal("hi", message.GetProperty("text").GetString());
        Assert.Equal("group", message.GetProperty("chat").GetProperty("type").GetString());
        Assert.Equal(test.Time.GetUtcNow().ToUnixTimeSeconds(), message.GetProperty("date").GetInt64());
        var sent = test.Bot.Sent.Single();
        Assert.Equal((test.Server.Ports[1], -5L, "hi", (int?)null), (sent.Port, sent.ChatId, sent.Text, sent.ReplyTo));
        Assert.Equal(message.GetProperty("message_id").GetInt32(), sent.MessageId);
    }

    [Theory]
    [InlineData("""reply_parameters={"message_id":1}""")]
    [InlineData("reply_to_message_id=1")]
    public async Task A_reply_shows_what_it_answers(string argument)
    {
        await using TestServer test = await TestServer.StartAsync();
        test.Bot.EnqueueText(5, 5, "question");
        JsonElement message = (await test.CallAsync($"sendMessage?chat_id=5&text=answer&{argument}")).Result;
        Assert.Equal("question", message.GetProperty("reply_to_message").GetProperty("text").GetString());
        Assert.Equal(1, test.Bot.Sent.Single().ReplyTo);
    }

    [Theory]
    [InlineData("sendMessage?text=a", "Bad Request: chat_id is empty")]
    [InlineData("sendMessage?chat_id=abc&text=a", "Bad Request: chat not found")]
    [InlineData("sendMessage?chat_id=5", "Bad Request: message text is empty")]
    [InlineData("editMessageText?chat_id=5&message_id=9&text=a", "Bad Request: message to edit not found")]
    [InlineData("deleteMessage?chat_id=5&message_id=9", "Bad Request: message to delete not found")]
    [InlineData("sendChatAction?action=typing", "Bad Request: chat_id is empty")]
    [InlineData("answerCallbackQuery", "Bad Request: query is too old and response timeout expired or query ID is invalid")]
    public async Task A_call_that_lacks_something_is_400(string call, string description)
    {
        await using TestServer test = await TestServer.StartAsync();
        Answer answer = await test.CallAsync(call);
        Assert.Equal((400, description), (answer.Status, answer.Description));
    }

    [Fact]
    public async Task A_text_has_4096_characters_at_most()
    {
        await using TestServer test = await TestServer.StartAsync();
        Assert.Equal(200, (await test.CallAsync($"sendMessage?chat_id=5&text={new string('a', 4096)}")).Status);
        Answer answer = await test.CallAsync($"sendMessage?chat_id=5&text={new string('a', 4097)}");
        Assert.Equal("Bad Request: message is too long", answer.Description);
    }

    [Fact]
    public async Task A_message_can_be_edited_but_not_to_the_same_text()
    {
        await using TestServer test = await TestServer.StartAsync();
        await test.CallAsync("sendMessage?chat_id=5&text=a");
        Answer edited = await test.CallAsync("editMessageText?chat_id=5&message_id=1&text=b");
        Assert.Equal("b", edited.Result.GetProperty("text").GetString());
        Assert.Equal(["sendmessage", "editmessagetext"], test.Bot.Sent.Select(sent => sent.Method));
        Assert.Equal(400, (await test.CallAsync("editMessageText?chat_id=5&message_id=1&text=b")).Status);
    }

    [Fact]
    public async Task A_message_can_be_deleted_once()
    {
        await using TestServer test = await TestServer.StartAsync();
        await test.CallAsync("sendMessage?chat_id=5&text=a");
        Assert.Equal(200, (await test.CallAsync("deleteMessage?chat_id=5&message_id=1")).Status);
        Assert.Equal(400, (await test.CallAsync("deleteMessage?chat_id=5&message_id=1")).Status);
    }

    [Theory]
    [InlineData("sendChatAction?chat_id=5&action=typing")]
    [InlineData("answerCallbackQuery?callback_query_id=7")]
    public async Task Calls_without_a_result_of_their_own_are_true(string call)
    {
        await using TestServer test = await TestServer.StartAsync();
        Assert.Equal("""{"ok":true,"result":true}""", (await test.CallAsync(call)).Body);
    }

    [Theory]
    [InlineData(5, "private")]
    [InlineData(-5, "group")]
    [InlineData(-1_000_000_000_005, "supergroup")]
    public async Task The_type_of_a_chat_follows_from_its_id(long chat, string type)
    {
        await using TestServer test = await TestServer.StartAsync();
        test.Bot.EnqueueText(chat, 5, "a");
        JsonElement message = (await test.CallAsync("getUpdates")).Result[0].GetProperty("message");
        Assert.Equal(type, message.GetProperty("chat").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Commands_in_a_text_are_entities()
    {
        await using TestServer test = await TestServer.StartAsync();
        test.Bot.EnqueueText(5, 5, "/start x/y /stop@some_bot");
        JsonElement entities = (await test.CallAsync("getUpdates")).Result[0].GetProperty("message").GetProperty("entities");
        Assert.Equal([(0, 6), (11, 14)], entities.EnumerateArray().Select(entity =>
            (entity.GetProperty("offset").GetInt32(), entity.GetProperty("length").GetInt32())));
    }

    [Fact]
    public async Task Waiting_for_a_message_ends_when_one_is_sent()
    {
        await using TestServer test = await TestServer.StartAsync();
        await test.CallAsync("sendMessage?chat_id=5&text=a");
        var waiting = test.Bot.WaitForSentAsync(1, TestServer.Cancellation);
        Assert.False(waiting.IsCompleted);
        await test.CallAsync("sendMessage?chat_id=5&text=b");
        Assert.Equal("b", (await waiting).Single().Text);
    }
}
