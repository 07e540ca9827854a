using Azker.Functions.Tests.Shared;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace Azker.Functions.Tests;

public sealed class WebhookGuardFunctionTests
{
    private const string NoWrite = "getwebhookinfo 1";
    private const string FirstRun = "getmycommands 1, getwebhookinfo 2, setmycommands 1, setwebhook 1";
    private const string OneWrite = "getwebhookinfo 2, setwebhook 1";

    [Fact]
    public async Task The_guard_registers_the_webhook_leaves_it_and_repairs_it()
    {
        await using FunctionsFixture app = await FunctionsFixture.StartAsync();
        var owner = new TelegramBotClient(new TelegramBotClientOptions(FunctionsFixture.Token, app.Server.Url));

        await app.Host.TickAsync("WebhookGuard");
        Assert.Equal(FirstRun, Calls(app));
        WebhookInfo info = await owner.GetWebhookInfo(TestContext.Current.CancellationToken);
        Assert.Equal(FunctionsFixture.Url, info.Url);
        Assert.Equal(40, info.MaxConnections);

        app.Bot.ResetStatistics();
        await app.Host.TickAsync("WebhookGuard");
        Assert.Equal(NoWrite, Calls(app));

        app.Pass();
        await owner.SetWebhook("https://elsewhere.example.com/webhook", cancellationToken: TestContext.Current.CancellationToken);
        app.Pass();
        app.Bot.ResetStatistics();
        await app.Host.TickAsync("WebhookGuard");
        Assert.Equal(OneWrite, Calls(app));
        Assert.Equal(FunctionsFixture.Url, (await owner.GetWebhookInfo(TestContext.Current.CancellationToken)).Url);
        Assert.Contains(app.Host.Logs, line => line.Message == "The webhook differed from the settings (url) and was registered again.");
    }

    [Fact]
    public async Task Without_USE_WEBHOOK_the_guard_does_nothing()
    {
        await using FunctionsFixture app = await FunctionsFixture.StartAsync(("USE_WEBHOOK", "false"));

        await app.Host.TickAsync("WebhookGuard");

        Assert.Equal("", Calls(app));
    }

    /// <summary>The number of calls of each Bot API method, whose names are in lower case.</summary>
    private static string Calls(FunctionsFixture app) => string.Join(
        ", ",
        app.Bot.Statistics.Calls.OrderBy(call => call.Method, StringComparer.Ordinal).Select(call => $"{call.Method} {call.Count}"));
}
