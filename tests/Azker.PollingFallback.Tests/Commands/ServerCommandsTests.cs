using Azker.PollingFallback.Tests.Shared;

namespace Azker.PollingFallback.Tests.Commands;

/// <summary><c>logout</c> and <c>close</c>.</summary>
public sealed class ServerCommandsTests : IAsyncLifetime
{
    private ConsoleFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await ConsoleFixture.CreateAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task A_logout_drops_pending_updates_only_when_the_user_orders_it()
    {
        _fixture.Bot.EnqueueText(5, 5, "/ping 1");

        Assert.Equal((1, "The bot was not logged out: 1 updates are pending, and the server would drop them. Let the bot handle them first, or add --drop-pending."), await Run("logout"));
        Assert.Equal(1, _fixture.Bot.Statistics.Pending);

        (int code, string text) = await Run("logout", "--drop-pending");
        Assert.Equal(0, code);
        Assert.StartsWith($"The bot is logged out of {_fixture.Server.Url}. Set TELEGRAM_API_URL to the URL of your own server.", text, StringComparison.Ordinal);

        (code, text) = await Run("run");
        Assert.Equal(78, code);
        Assert.Contains("is logged out of the Bot API server", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Close_ends_the_session_and_fails_while_an_instance_receives()
    {
        ConsoleProcess console = _fixture.Start([]);
        await console.Receives();
        Assert.Equal(75, (await Run("close")).Code);
        Assert.Equal(0, await console.Stop());

        Assert.Equal((0, $"The bot is closed at {_fixture.Server.Url}. Set TELEGRAM_API_URL to the URL of the other server."), await Run("close"));
        Assert.Contains(_fixture.Bot.Statistics.Calls, call => call.Method == "close");
    }

    [Fact]
    public async Task Close_deletes_the_webhook_of_these_settings_first_and_leaves_that_of_another_deployment()
    {
        (string Name, string Value)[] webhook = [("USE_WEBHOOK", "true"), ("WEBHOOK_URL", "https://93.184.216.34")];
        Assert.Equal(0, await _fixture.Start(["webhook", "set"], webhook).Exit());
        Assert.Equal(75, (await Run("close")).Code);
        Assert.Equal("https://93.184.216.34/webhook", _fixture.Bot.Webhook.Url);

        Assert.Equal(0, await _fixture.Start(["close"], webhook).Exit());

        Assert.Equal("", _fixture.Bot.Webhook.Url);
        Assert.Contains(_fixture.Bot.Statistics.Calls, call => call.Method == "close");
    }

    private async Task<(int Code, string Text)> Run(params string[] arguments)
    {
        ConsoleProcess console = _fixture.Start(arguments);
        int code = await console.Exit();
        return (code, (code == 0 ? console.Output : console.Errors).TrimEnd().Split('\n')[^1]);
    }
}
