using System.Text.Json;
using Azker.BotApi.Faults;
using Azker.Core.Tests.Shared;
using Azker.PollingFallback.Tests.Shared;

namespace Azker.PollingFallback.Tests.Commands;

public sealed class DeadLettersCommandTests : IAsyncLifetime
{
    private ConsoleFixture _fixture = null!;

    private string DeadLetters => Path.Combine(_fixture.Directory, "data", "dead-letters", "123456");

    public async ValueTask InitializeAsync() => _fixture = await ConsoleFixture.CreateAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Without_dead_letters_the_commands_say_so()
    {
        Assert.Equal((0, $"0 dead letters in {DeadLetters}."), await Run("list"));
        Assert.Equal((0, ""), await Run("list", "--json"));
        Assert.Equal((0, ""), await Run("export"));
        Assert.Equal((0, "0 of 0 dead letters handled."), await Run("replay", "--all"));
    }

    [Fact]
    public async Task A_dead_letter_is_listed_shown_exported_and_replayed_while_the_bot_runs()
    {
        ConsoleProcess bot = _fixture.Start([], ("MAX_ATTEMPTS", "1"));
        await bot.Receives();
        _fixture.Server.Faults.Add(new Fault(FaultKind.Error) { Method = "sendMessage", Status = 400, Text = "Bad Request: can't parse entities" });
        int id = _fixture.Bot.EnqueueText(5, 5, "/ping سلام")!.Value;
        await Eventually.IsTrue(() => _fixture.Bot.Statistics.Pending == 0, "the update is settled");
        string file = Assert.Single(Directory.GetFiles(DeadLetters, $"{id}-*.json"), path => !path.EndsWith(".reason.json", StringComparison.Ordinal));
        string letter = Path.GetFileNameWithoutExtension(file);
        string raw = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        (_, string list) = await Run("list");
        Assert.Matches($@"^ID +KIND +GIVEN UP ON \(UTC\) +ATTEMPTS +REASON\n{letter} +message +\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d +1 +Its handler failed\. Telegram\.Bot\.\S+\n1 dead letter in ", list);
        using var listed = JsonDocument.Parse((await Run("list", "--json")).Output);
        Assert.Equal((letter, id), (listed.RootElement.GetProperty("id").GetString(), listed.RootElement.GetProperty("update_id").GetInt32()));

        (_, string shown) = await Run("show", $"{id}");
        Assert.Matches($@"^ID +{letter}\nUpdate +{id}\nKind +message\nReason +Its handler failed\.\nError +Telegram", shown);
        Assert.EndsWith($"\n\n{raw}", shown, StringComparison.Ordinal);
        Assert.Equal((0, raw), await Run("show", letter, "--raw"));

        Assert.Equal((0, "1 dead letter written to letters.jsonl."), await Run("export", "--output", "letters.jsonl"));
        string export = await File.ReadAllTextAsync(Path.Combine(_fixture.Directory, "letters.jsonl"), TestContext.Current.CancellationToken);
        using var exported = JsonDocument.Parse(Assert.Single(export.TrimEnd('\n').Split('\n')));
        Assert.Equal(raw, exported.RootElement.GetProperty("raw").GetString());
        Assert.Equal(74, (await Run("export", "-o", "letters.jsonl")).ExitCode);

        (int exitCode, string output) = await Run("replay", $"{id}");
        Assert.Equal(65, exitCode);
        Assert.StartsWith($"{letter}: kept. Its handler failed. Telegram.Bot.", output, StringComparison.Ordinal);
        using var again = JsonDocument.Parse((await Run("list", "--json")).Output);
        Assert.Equal(2, again.RootElement.GetProperty("attempts").GetInt32());

        _fixture.Server.Faults.Clear();
        Assert.Equal((0, $"{letter}: handled and removed.\n1 of 1 dead letter handled."), await Run("replay", "--all"));
        Assert.Equal("pong سلام", Assert.Single(_fixture.Bot.Sent).Text);
        Assert.Empty(Directory.GetFiles(DeadLetters));
        Assert.Equal(0, await bot.Stop());
    }

    [Fact]
    public async Task An_ID_of_no_dead_letter_or_of_several_is_an_error()
    {
        Directory.CreateDirectory(DeadLetters);
        foreach (string id in (string[])["17-aa", "17-ab"])
        {
            await File.WriteAllTextAsync(Path.Combine(DeadLetters, $"{id}.json"), "{}", TestContext.Current.CancellationToken);
        }

        Assert.Equal((66, $"There is no dead letter 18 in {DeadLetters}. Run 'dead-letters list' to see the IDs."), await Run("show", "18"));
        Assert.Equal((66, "More than one dead letter has an ID that starts with 17: 17-aa, 17-ab. Give more characters of the ID."), await Run("replay", "17"));
        Assert.Equal((0, "{}"), await Run("show", "17-aa", "--raw"));
        Assert.Equal(66, (await Run("show", "../../.env")).ExitCode);
    }

    [Fact]
    public async Task All_dead_letters_are_removed_when_the_user_confirms_it()
    {
        Directory.CreateDirectory(DeadLetters);
        foreach (string id in (string[])["17-aa", "18-ab"])
        {
            await File.WriteAllTextAsync(Path.Combine(DeadLetters, $"{id}.json"), "{}", TestContext.Current.CancellationToken);
        }

        Assert.Equal((1, "Nothing was removed."), await Run("remove", "17"));
        Assert.Equal((1, """{"id":"17-aa","removed":false}"""), await Run("remove", "17", "--json"));
        Assert.Equal((1, "Nothing was removed."), await Run("remove", "--all"));
        Assert.Equal(2, _fixture.FilesOf("dead-letters").Count);

        Assert.Equal((0, "The dead letter 17-aa is removed."), await Run("remove", "17", "--yes"));
        Assert.EndsWith("18-ab.json", Assert.Single(_fixture.FilesOf("dead-letters")), StringComparison.Ordinal);
        Assert.Equal((0, """{"id":"18-ab","removed":true}"""), await Run("remove", "--all", "--yes", "--json"));
        Assert.Empty(_fixture.FilesOf("dead-letters"));
    }

    [Fact]
    public async Task All_dead_letters_are_replayed_in_the_order_in_which_their_updates_came()
    {
        Directory.CreateDirectory(DeadLetters);
        foreach ((int id, int hour) in ((int, int)[])[(17, 9), (18, 7), (19, 8)])
        {
            string update = $$$"""{"update_id":{{{id}}},"message":{"message_id":1,"date":1,"chat":{"id":5,"type":"private"},"text":"/ping","entities":[{"type":"bot_command","offset":0,"length":5}]}}""";
            string reason = $$"""{"update_id":{{id}},"kind":"message","reason":"Its handler failed.","attempts":1,"first_seen_at":"2026-01-01T0{{hour}}:00:00Z","given_up_at":"2026-01-02T00:00:00Z"}""";
            await File.WriteAllTextAsync(Path.Combine(DeadLetters, $"{id}-aa.json"), update, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(DeadLetters, $"{id}-aa.reason.json"), reason, TestContext.Current.CancellationToken);
        }

        Assert.Equal(
            (0, "18-aa: handled and removed.\n19-aa: handled and removed.\n17-aa: handled and removed.\n3 of 3 dead letters handled."), await Run("replay", "--all"));
        Assert.Equal(3, _fixture.Bot.Sent.Count);
    }

    [Fact]
    public async Task A_replay_keeps_the_dead_letter_of_an_update_that_no_handler_accepts()
    {
        Directory.CreateDirectory(DeadLetters);
        await File.WriteAllTextAsync(
            Path.Combine(DeadLetters, "17-aa.json"), """{"update_id":17,"poll":{"id":"1","question":"?","options":[]}}""", TestContext.Current.CancellationToken);

        Assert.Equal((65, "17-aa: kept. No handler of this program accepts the update. Replay it with the program of the bot."), await Run("replay", "17"));
        Assert.Equal((65, """{"id":"17-aa","outcome":"not_accepted","reason":null}"""), await Run("replay", "17", "--json"));
        Assert.Single(_fixture.FilesOf("dead-letters"));
    }

    [Theory]
    [InlineData("Give the ID of a dead letter, or --all.", "replay")]
    [InlineData("Give the ID of a dead letter, or --all.", "remove")]
    [InlineData("Give the ID of a dead letter, or --all.", "replay", "17", "--all")]
    [InlineData("Give --json or --raw, not both.", "show", "17", "--json", "--raw")]
    public async Task A_wrong_command_line_is_an_error(string expected, params string[] arguments)
    {
        ConsoleProcess console = _fixture.Start(["dead-letters", .. arguments]);

        Assert.Equal(1, await console.Exit());
        Assert.Contains(expected, console.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dead_letters_that_cannot_be_read_are_an_error()
    {
        Directory.CreateDirectory(Path.Combine(DeadLetters, "17-aa.reason.json"));
        await File.WriteAllTextAsync(Path.Combine(DeadLetters, "17-aa.json"), "{}", TestContext.Current.CancellationToken);

        (int exitCode, string output) = await Run("list");

        Assert.Equal(74, exitCode);
        Assert.StartsWith($"The dead letters in {DeadLetters} cannot be read or written: ", output, StringComparison.Ordinal);
    }

    /// <returns>The exit code, and the standard output or, if that is empty, the standard error.</returns>
    private async Task<(int ExitCode, string Output)> Run(params string[] arguments)
    {
        ConsoleProcess console = _fixture.Start(["dead-letters", .. arguments]);
        int exitCode = await console.Exit();
        return (exitCode, console.Output.Length > 0 ? console.Output : console.Errors);
    }
}
