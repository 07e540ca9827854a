using Azker.BotApi.Faults;
using Azker.Core.Tests.Shared;
using Azker.PollingFallback.Tests.Shared;

namespace Azker.PollingFallback.Tests;

public sealed class TokenSecrecyTests : IAsyncLifetime
{
    private ConsoleFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await ConsoleFixture.CreateAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task The_token_is_in_nothing_that_a_full_run_writes()
    {
        foreach (FaultKind kind in Enum.GetValues<FaultKind>().Except([FaultKind.Hang, FaultKind.Conflict]))
        {
            _fixture.Server.Faults.Add(new Fault(kind) { Method = "sendMessage", Times = 1 });
        }

        _fixture.Server.Faults.Add(new Fault(FaultKind.Reset) { Method = "getUpdates", Times = 2 });
        _fixture.Bot.EnqueueUnreadable();
        _fixture.Bot.EnqueueText(5, 5, "/ping 1");
        ConsoleProcess console = _fixture.Start([], ("Logging__LogLevel__Default", "Trace"), ("MAX_ATTEMPTS", "2"));
        await Eventually.IsTrue(() => _fixture.Bot.Statistics.Pending == 0, "both updates are settled");
        _fixture.Bot.Revoke();
        Assert.Equal(78, await console.Exit());

        string secret = ConsoleFixture.Token.Split(':')[1];
        string[] files = Directory.GetFiles(_fixture.Directory, "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.Contains("dead-letters", StringComparison.Ordinal));
        Assert.All(files, file => Assert.DoesNotContain(secret, File.ReadAllText(file), StringComparison.Ordinal));
        Assert.NotEqual("", console.Output);
        Assert.DoesNotContain(secret, console.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, console.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, await CommandLine(), StringComparison.Ordinal);
    }

    private async Task<string> CommandLine()
    {
        ConsoleProcess console = _fixture.Start(["--standby"]);
        return string.Join('\n', await Shell.Output($"ps -o args= -p {console.Id}"));
    }
}
