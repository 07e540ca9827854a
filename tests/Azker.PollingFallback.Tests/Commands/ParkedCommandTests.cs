using System.Text;
using System.Text.Json;
using Azker.BotApi.Faults;
using Azker.Core.Delivery.Parking;
using Azker.PollingFallback.Tests.Shared;

namespace Azker.PollingFallback.Tests.Commands;

/// <summary><c>parked</c>, with an update that Telegram asked to handle in an hour.</summary>
public sealed class ParkedCommandTests : IAsyncLifetime
{
    private const int Id = 7;
    private const string Raw = """{"update_id":7,"message":{"message_id":1,"date":1,"chat":{"id":5,"type":"private"},"from":{"id":5,"is_bot":false,"first_name":"A"},"text":"/ping 1","entities":[{"type":"bot_command","offset":0,"length":5}]}}""";

    private ConsoleFixture _fixture = null!;

    public async ValueTask InitializeAsync()
    {
        _fixture = await ConsoleFixture.CreateAsync();
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        var parked = new ParkedUpdate
        {
            UpdateId = Id,
            Raw = Encoding.UTF8.GetBytes(Raw),
            ArrivedAt = now,
            StoredAt = now,
            NotBefore = now.AddHours(1),
        };
        string directory = Path.Combine(_fixture.Directory, "data", "parked", "123456");
        Directory.CreateDirectory(directory);
        await File.WriteAllBytesAsync(Path.Combine(directory, "7.json"), parked.ToBytes(), TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task A_parked_update_is_shown_exported_and_replayed_before_its_time()
    {
        (int code, string text) = await Run("show", "7");
        Assert.Equal(0, code);
        Assert.Matches(@"^Update +7\nKind +message\nArrived \(UTC\) +2.+\nNot before \(UTC\) +2", text);
        Assert.EndsWith(Raw, text, StringComparison.Ordinal);
        using var exported = JsonDocument.Parse((await Run("export")).Text);
        Assert.Equal((Id, Raw), (exported.RootElement.GetProperty("update_id").GetInt32(), exported.RootElement.GetProperty("raw").GetString()));

        Assert.Equal((0, """{"update_id":7,"outcome":"settled"}"""), await Run("replay", "7", "--json"));

        Assert.Single(_fixture.Bot.Sent);
        Assert.Empty(_fixture.FilesOf("parked"));
        Assert.Equal(66, (await Run("replay", "7")).Code);
    }

    [Fact]
    public async Task Parked_updates_are_listed_the_oldest_first()
    {
        DateTimeOffset earlier = TimeProvider.System.GetUtcNow().AddHours(-1);
        var older = new ParkedUpdate { UpdateId = 9, Raw = Encoding.UTF8.GetBytes("""{"update_id":9,"poll":{"id":"1"}}"""), ArrivedAt = earlier, StoredAt = earlier };
        await File.WriteAllBytesAsync(Path.Combine(_fixture.Directory, "data", "parked", "123456", "9.json"), older.ToBytes(), TestContext.Current.CancellationToken);

        (int code, string text) = await Run("list");
        Assert.Equal(0, code);
        Assert.Matches(@"^UPDATE +KIND +ARRIVED \(UTC\) +NOT BEFORE \(UTC\)\n9 +poll +2.+ -\n7 +message +2.+ 2.+\n2 parked updates in ", text);
        Assert.Equal(
            [9, Id],
            (await Run("list", "--json")).Text.Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("update_id").GetInt32()));
    }

    [Fact]
    public async Task A_failed_replay_keeps_the_update()
    {
        _fixture.Server.Faults.Add(new Fault(FaultKind.TooManyRequests) { Method = "sendMessage", RetryAfter = 3600 });

        ConsoleProcess replay = _fixture.Start(["parked", "replay", "7"], ("HANDLER_TIMEOUT", "1"));
        Assert.Equal(65, await replay.Exit());
        Assert.Equal("7: kept. Its attempt failed, or another instance is handling it.", replay.Output);
        Assert.Single(_fixture.FilesOf("parked"));
    }

    [Fact]
    public async Task An_update_is_removed_only_when_the_user_confirms_it()
    {
        Assert.Equal((1, "Nothing was removed."), await Run("remove", "7"));
        Assert.Single(_fixture.FilesOf("parked"));

        Assert.Equal((0, "Update 7 is removed."), await Run("remove", "7", "--yes"));
        Assert.Empty(_fixture.FilesOf("parked"));
        (int code, string text) = await Run("show", "7");
        Assert.Equal(66, code);
        Assert.StartsWith("Update 7 is not parked in ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_parked_updates_are_removed_with_a_line_each()
    {
        string directory = Path.Combine(_fixture.Directory, "data", "parked", "123456");
        File.Copy(Path.Combine(directory, "7.json"), Path.Combine(directory, "8.json"));
        ConsoleProcess asked = _fixture.Start(["parked", "remove", "--all"]);
        Assert.Equal(1, await asked.Exit());
        Assert.StartsWith("2 parked updates are removed and never handled; ", asked.Errors, StringComparison.Ordinal);
        Assert.Equal(1, (await Run("remove", "--all", "7")).Code);
        Assert.Equal(2, _fixture.FilesOf("parked").Count);

        Assert.Equal(
            (0, "{\"update_id\":7,\"removed\":true}\n{\"update_id\":8,\"removed\":true}"), await Run("remove", "--all", "--yes", "--json"));
        Assert.Empty(_fixture.FilesOf("parked"));
    }

    private async Task<(int Code, string Text)> Run(params string[] arguments)
    {
        ConsoleProcess console = _fixture.Start(["parked", .. arguments]);
        int code = await console.Exit();
        return (code, code == 66 ? console.Errors : console.Output);
    }
}
