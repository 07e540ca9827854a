using System.Text.Json;
using Azker.BotApi;
using Azker.PollingFallback.Tests.Shared;
using Azker.Processes;
using Telegram.Bot;

namespace Azker.PollingFallback.Tests.Commands;

/// <summary><c>webhook</c>.</summary>
public sealed class WebhookCommandTests : IAsyncLifetime
{
    private const string Url = "https://93.184.216.34/webhook";

    private static readonly (string Name, string Value)[] Webhook = [("USE_WEBHOOK", "true"), ("WEBHOOK_URL", Url), ("TELEGRAM_API_LOCAL", "false")];

    private ConsoleFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await ConsoleFixture.CreateAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Info_shows_the_webhook_and_its_drift_in_words_and_as_JSON()
    {
        using var client = new HttpClient();
        var bot = new TelegramBotClient(new TelegramBotClientOptions(ConsoleFixture.Token, _fixture.Server.Url), client);
        await bot.SetWebhook("https://other.example.com/secret-path", cancellationToken: TestContext.Current.CancellationToken);

        string text = (await Run("info")).Text;
        using var info = JsonDocument.Parse((await Run("info", "--json")).Text);

        Assert.Matches(@"^Registered +https://other\.example\.com\nConfigured +https://93\.184\.216\.34/webhook\nPending updates +0\nLast error +none\n", text);
        Assert.EndsWith("\nAnother URL is registered.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-path", text, StringComparison.Ordinal);
        Assert.Equal(["url"], info.RootElement.GetProperty("drift").EnumerateArray().Select(parameter => parameter.GetString()));
    }

    [Fact]
    public async Task A_dry_run_says_what_would_change_and_changes_nothing()
    {
        Assert.Equal((0, "The webhook would be registered (url differs). Nothing was changed."), await Run("set", "--dry-run"));
        Assert.Equal("", _fixture.Bot.Webhook.Url);

        Assert.Equal((0, "The webhook is registered, with a secret token."), await Run("set"));
        Assert.Equal(Url, _fixture.Bot.Webhook.Url);
        Assert.Equal((0, """{"outcome":"unchanged","dry_run":true,"drift":[],"reason":null}"""), await Run("set", "--dry-run", "--json"));

        Assert.Equal((0, "The webhook would be deleted. Nothing was changed."), await Run("delete", "--dry-run"));
        Assert.Equal(Url, _fixture.Bot.Webhook.Url);
        Assert.Equal((0, """{"outcome":"deleted","dry_run":false,"drift":[],"reason":null}"""), await Run("delete", "--json"));
        Assert.Equal("", _fixture.Bot.Webhook.Url);
        Assert.Equal((0, "Nothing to do: the webhook is already as wanted."), await Run("delete"));
    }

    [Fact]
    public async Task In_Arabic_a_registration_is_said_in_the_words_of_the_first_bot()
    {
        ConsoleProcess console = _fixture.Start(["webhook", "set"], [.. Webhook, ("AZKER_LANG", "ar")]);

        Assert.Equal(0, await console.Exit());
        Assert.Equal("🔒 تم إضافة secret token للأمان\n✅ تم إعداد Webhook بنجاح!", console.Output);
    }

    [Fact]
    public async Task Check_asks_the_webhook_as_Telegram_would_and_no_update_is_handled()
    {
        await using ConsoleFixture local = await ConsoleFixture.CreateAsync(new BotApiServerOptions { Local = true });
        string address = FreePort.TakeAddress();
        (string Name, string Value)[] settings = [("USE_WEBHOOK", "true"), ("WEBHOOK_URL", address)];
        ConsoleProcess serving = local.Start([], [.. settings, ("WEBHOOK_LISTEN", address)]);
        await serving.Says("The webhook is registered");

        ConsoleProcess right = local.Start(["webhook", "check", "--json"], settings);
        Assert.Equal(0, await right.Exit());
        Assert.Equal(["webhook-url", "webhook-dns", "webhook-connection", "webhook-refuses", "webhook-accepts"], ChecksOf(right, "ok"));

        ConsoleProcess wrong = local.Start(["webhook", "check", "--json"], [.. settings, ("WEBHOOK_SECRET", "another-secret")]);
        Assert.Equal(2, await wrong.Exit());
        Assert.Equal(["webhook-accepts"], ChecksOf(wrong, "problem"));

        Assert.Equal(0, await serving.Stop());
        ConsoleProcess silent = local.Start(["webhook", "check"], settings);
        Assert.Equal(2, await silent.Exit());
        Assert.Matches(@"PROBLEM  webhook-connection: 127\.0\.0\.1:\d+ accepts no connection: Connection refused\.\n   To do: ", silent.Output);
        Assert.False(Directory.Exists(Path.Combine(local.Directory, "data", "dead-letters")));
    }

    private static IEnumerable<string?> ChecksOf(ConsoleProcess console, string state) => console.Output.Split('\n')
        .Select(line => JsonDocument.Parse(line).RootElement)
        .Where(finding => finding.GetProperty("state").GetString() == state)
        .Select(finding => finding.GetProperty("check").GetString());

    private async Task<(int Code, string Text)> Run(params string[] arguments)
    {
        ConsoleProcess console = _fixture.Start(["webhook", .. arguments], Webhook);
        int code = await console.Exit();
        return (code, console.Output);
    }
}
