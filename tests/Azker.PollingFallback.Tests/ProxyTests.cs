using Azker.Core.Tests.Shared;
using Azker.PollingFallback.Tests.Shared;

namespace Azker.PollingFallback.Tests;

public sealed class ProxyTests : IAsyncLifetime
{
    private ConsoleFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await ConsoleFixture.CreateAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task A_run_receives_through_the_proxy_of_dotenv_and_writes_the_password_nowhere()
    {
        using var proxy = new TestProxy { Credential = "someone:pass@word" };
        await File.WriteAllTextAsync(
            Path.Combine(_fixture.Directory, ".env"), $"TELEGRAM_PROXY=socks5://someone:pass%40word@127.0.0.1:{proxy.Port}\n", TestContext.Current.CancellationToken);

        ConsoleProcess console = _fixture.Start([], ("Logging__LogLevel__Default", "Trace"));
        await console.Receives();
        _fixture.Bot.EnqueueText(5, 5, "/ping 1");
        await _fixture.Answered(1);

        Assert.Equal(0, await console.Stop());
        Assert.Contains($"The calls of the Bot API go through the proxy socks5://127.0.0.1:{proxy.Port}.", console.Output, StringComparison.Ordinal);
        Assert.All(proxy.Targets, target => Assert.Equal($"SOCKS5 {new Uri(_fixture.Server.Url).Authority}", target));
        Assert.All(["someone", "pass@word", "pass%40word"], secret => Assert.DoesNotContain(secret, console.Output + console.Errors, StringComparison.Ordinal));
    }
}
