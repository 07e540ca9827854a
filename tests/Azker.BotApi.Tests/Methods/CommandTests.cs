using System.Net.Http.Json;
using System.Text.Json;

namespace Azker.BotApi.Tests.Methods;

/// <summary>
/// setMyCommands, getMyCommands and deleteMyCommands. Texts and order: Client.cpp (get_bot_commands, get_bot_command_scope) of
/// telegram-bot-api, BotCommand.cpp and BotCommandScope.cpp of td. The texts in capitals are those of Telegram's servers.
/// </summary>
public sealed class CommandTests
{
    private const string One = """[{"command":"start","description":"Starts"}]""";

    [Fact]
    public async Task Commands_that_were_never_set_are_an_empty_list()
    {
        await using TestServer test = await TestServer.StartAsync();
        Assert.Equal("""{"ok":true,"result":[]}""", (await test.CallAsync("getMyCommands")).Body);
        Assert.Equal("""{"ok":true,"result":true}""", (await test.CallAsync("deleteMyCommands")).Body);
    }

    [Fact]
    public async Task Commands_are_returned_in_their_order_until_they_are_deleted()
    {
        await using TestServer test = await TestServer.StartAsync();
        string commands = """[{"description":"Second","command":"b_2"},{"command":"a","description":"First","more":1}]""";
        Assert.Equal("""{"ok":true,"result":true}""", (await test.CallAsync($"setMyCommands?commands={commands}")).Body);
        Assert.Equal(
            """{"ok":true,"result":[{"command":"b_2","description":"Second"},{"command":"a","description":"First"}]}""",
            (await test.CallAsync("getMyCommands")).Body);
        await test.CallAsync("deleteMyCommands");
        Assert.Empty(await CommandsAsync(test, ""));
    }

    [Fact]
    public async Task A_new_list_replaces_the_old_one()
    {
        await using TestServer test = await TestServer.StartAsync();
        await test.CallAsync($"setMyCommands?commands={One}");
        await test.CallAsync("""setMyCommands?commands=[{"command":"stop","description":"Stops"}]""");
        Assert.Equal(["stop"], await CommandsAsync(test, ""));
    }

    [Theory]
    [InlineData("setMyCommands")]
    [InlineData("setMyCommands?commands=[]")]
    public async Task A_list_without_commands_empties_the_list(string call)
    {
        await using TestServer test = await TestServer.StartAsync();
        await test.CallAsync($"setMyCommands?commands={One}");
        Assert.Equal(200, (await test.CallAsync(call)).Status);
        Assert.Empty(await CommandsAsync(test, ""));
    }

    [Theory]
    [InlineData("", """scope={"type":"default"}""")]
    [InlineData("""scope={"type":"default"}""", "language_code=")]
    [InlineData("""scope={"chat_id":5,"type":"chat"}""", """scope={ "type" : "chat", "chat_id" : "5" }""")]
    [InlineData("""scope={"type":"chat_member","chat_id":-5,"user_id":7}""", """scope={"type":"chat_member","user_id":"7","chat_id":"-5"}""")]
    public async Task One_scope_in_two_spellings_has_one_list(string first, string second)
    {
        await using TestServer test = await TestServer.StartAsync();
        await test.CallAsync($"setMyCommands?commands={One}&{first}");
        Assert.Equal(["start"], await CommandsAsync(test, second));
        await test.CallAsync($"deleteMyCommands?{second}");
        Assert.Empty(await CommandsAsync(test, first));
    }

    [Fact]
    public async Task Each_scope_and_each_language_has_a_list_of_its_own()
    {
        await using TestServer test = await TestServer.StartAsync();
        string[] keys =
        [
            "", "language_code=de", "language_code=en", """scope={"type":"all_private_chats"}""", """scope={"type":"all_group_chats"}""",
            """scope={"type":"all_chat_administrators"}""", """scope={"type":"chat","chat_id":5}""", """scope={"type":"chat","chat_id":-5}""",
            """scope={"type":"chat","chat_id":-5}&language_code=de""", """scope={"type":"chat_administrators","chat_id":-5}""",
            """scope={"type":"chat_member","chat_id":-5,"user_id":7}""", """scope={"type":"chat_member","chat_id":-5,"user_id":8}""",
        ];
        for (int index = 0; index < keys.Length; index++)
        {
            await test.CallAsync($$"""setMyCommands?commands=[{"command":"c{{index}}","description":"a"}]&{{keys[index]}}""");
        }

        await test.CallAsync("deleteMyCommands?language_code=de");
        for (int index = 0; index < keys.Length; index++)
        {
            Assert.Equal(index == 1 ? [] : [$"c{index}"], await CommandsAsync(test, keys[index]));
        }
    }

    [Fact]
    public async Task A_command_loses_its_spaces_and_its_slash()
    {
        await using TestServer test = await TestServer.StartAsync();
        await test.CallAsync("""setMyCommands?commands=[{"command":" /start ","description":"  Starts "},{"command":7,"description":8}]""");
        Assert.Equal(
            """{"ok":true,"result":[{"command":"start","description":"Starts"},{"command":"7","description":"8"}]}""",
            (await test.CallAsync("getMyCommands")).Body);
    }

    [Theory]
    [InlineData("commands=nonsense", "can't parse commands JSON object")]
    [InlineData("commands={}", "expected an Array of BotCommand")]
    [InlineData("commands=[5]", "can't parse BotCommand: expected an Object")]
    [InlineData("""commands=[{"description":"a"}]""", "can't parse BotCommand: Can't find field \"command\"")]
    [InlineData("""commands=[{"command":"a"}]""", "can't parse BotCommand: Can't find field \"description\"")]
    [InlineData("""commands=[{"command":[],"description":"a"}]""", "can't parse BotCommand: Field \"command\" must be of type String")]
    [InlineData("""commands=[{"command":"a","description":null}]""", "can't parse BotCommand: Field \"description\" must be of type String")]
    [InlineData("""commands=[{"command":"","description":"a"}]""", "command must be non-empty")]
    [InlineData("""commands=[{"command":"/","description":"a"}]""", "command must be non-empty")]
    [InlineData("""commands=[{"command":"a","description":" "}]""", "command description must be non-empty")]
    [InlineData("""commands=[{"command":"Start","description":"a"}]""", "BOT_COMMAND_INVALID")]
    [InlineData("""commands=[{"command":"//start","description":"a"}]""", "BOT_COMMAND_INVALID")]
    [InlineData("""commands=[{"command":"st-art","description":"a"}]""", "BOT_COMMAND_INVALID")]
    [InlineData("""commands=[{"command":"старт","description":"a"}]""", "BOT_COMMAND_INVALID")]
    [InlineData("""commands=[{"command":"Start","description":""}]""", "command description must be non-empty")]
    public async Task A_wrong_command_is_400_and_leaves_the_list(string arguments, string description)
    {
        await using TestServer test = await TestServer.StartAsync();
        await test.CallAsync($"setMyCommands?commands={One}");
        Answer answer = await test.CallAsync($"setMyCommands?{arguments}");
        Assert.Equal((400, $"Bad Request: {description}"), (answer.Status, answer.Description));
        Assert.Equal(["start"], await CommandsAsync(test, ""));
    }

    [Theory]
    [InlineData(32, 256, 100, null)]
    [InlineData(33, 1, 1, "Bad Request: command length must not exceed 32")]
    [InlineData(1, 257, 1, "Bad Request: command description length must not exceed 256")]
    [InlineData(1, 1, 101, "Bad Request: BOT_COMMANDS_TOO_MUCH")]
    public async Task Lengths_are_limited_in_characters_and_the_list_in_commands(int name, int description, int count, string? error)
    {
        await using TestServer test = await TestServer.StartAsync();
        var command = new { command = new string('a', name), description = string.Concat(Enumerable.Repeat("\U0001F600", description)) };
        using var content = JsonContent.Create(new { commands = Enumerable.Repeat(command, count) });
        Answer answer = await test.PostAsync("setMyCommands", content);
        Assert.Equal(error is null ? 200 : 400, answer.Status);
        Assert.Equal(error, error is null ? null : answer.Description);
    }

    [Theory]
    [InlineData("scope=nonsense", "can't parse BotCommandScope JSON object")]
    [InlineData("scope=[]", "can't parse BotCommandScope: BotCommandScope must be an Object")]
    [InlineData("scope={}", "can't parse BotCommandScope: Can't find field \"type\"")]
    [InlineData("""scope={"type":"nonsense"}""", "can't parse BotCommandScope: Unsupported type specified")]
    [InlineData("""scope={"type":"chat"}""", "can't parse BotCommandScope: Can't find field \"chat_id\"")]
    [InlineData("""scope={"type":"chat","chat_id":""}""", "can't parse BotCommandScope: Empty chat_id specified")]
    [InlineData("""scope={"type":"chat","chat_id":"@nobody"}""", "chat not found")]
    [InlineData("""scope={"type":"chat_member","chat_id":-5}""", "can't parse BotCommandScope: Can't find field \"user_id\"")]
    [InlineData("""scope={"type":"chat_member","chat_id":-5,"user_id":[]}""", "can't parse BotCommandScope: Field \"user_id\" must be a Number")]
    [InlineData(
        """scope={"type":"chat_member","chat_id":-5,"user_id":"x"}""", "can't parse BotCommandScope: Field \"user_id\" must be a valid Number")]
    [InlineData("""scope={"type":"chat_member","chat_id":-5,"user_id":0}""", "can't parse BotCommandScope: Invalid user_id specified")]
    [InlineData("""scope={"type":"chat_administrators","chat_id":5}""", "can't use specified scope in private chats")]
    [InlineData("""scope={"type":"chat_member","chat_id":5,"user_id":7}""", "can't use specified scope in private chats")]
    [InlineData("language_code=deu", "invalid language code specified")]
    [InlineData("language_code=DE", "invalid language code specified")]
    [InlineData("""scope={"type":"chat_administrators","chat_id":5}&language_code=DE""", "can't use specified scope in private chats")]
    public async Task A_wrong_scope_or_language_is_400_for_all_three_methods(string arguments, string description)
    {
        await using TestServer test = await TestServer.StartAsync();
        foreach (string method in (string[])["setMyCommands", "getMyCommands", "deleteMyCommands"])
        {
            Answer answer = await test.CallAsync($"{method}?{arguments}");
            Assert.Equal((400, $"Bad Request: {description}"), (answer.Status, answer.Description));
        }
    }

    [Fact]
    public async Task The_list_is_parsed_before_the_scope_and_checked_after_it()
    {
        await using TestServer test = await TestServer.StartAsync();
        Answer parsed = await test.CallAsync("setMyCommands?commands=nonsense&scope=nonsense");
        Assert.Equal("Bad Request: can't parse commands JSON object", parsed.Description);
        Answer checkedLater = await test.CallAsync("""setMyCommands?commands=[{"command":"A","description":""}]&language_code=DE""");
        Assert.Equal("Bad Request: invalid language code specified", checkedLater.Description);
    }

    private static async Task<string?[]> CommandsAsync(TestServer test, string arguments)
    {
        JsonElement commands = (await test.CallAsync($"getMyCommands?{arguments}")).Result;
        return [.. commands.EnumerateArray().Select(command => command.GetProperty("command").GetString())];
    }
}
