using Azker.BotApi;
using Azker.BotApi.Bots;
using Azker.Core.Tests.Shared;
using Azker.Functions.Tests.Hosting;
using Azker.Packages.Tests.Shared;

namespace Azker.Packages.Tests;

/// <summary>The samples, built against the packages alone.</summary>
public sealed class SampleTests(PackagesFixture packages)
{
    private const string Token = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private const string OtherToken = "654321:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB";

    [Fact]
    public void The_samples_and_the_bot_of_the_template_build_without_a_warning() =>
        // Where a source lacks versions that the Functions worker names, NuGet takes later versions and says so with NU1603.
        Assert.DoesNotContain(packages.Build.Split('\n'), line => line.Contains("warning", StringComparison.Ordinal) && !line.Contains("warning NU1603", StringComparison.Ordinal));

    [Fact]
    public void The_program_of_a_sample_has_thirty_lines_at_most() => Assert.All(
        SampleCopy.Projects.Keys,
        sample => Assert.InRange(File.ReadAllLines(Path.Combine(BuildFacts.Repository, "samples", sample, "Program.cs")).Length, 1, 30));

    [Fact]
    public async Task The_console_answers_by_polling()
    {
        await using SampleProcess sample = await SampleProcess.StartAsync(
            packages, "Console", ("TELEGRAM_BOT_TOKEN", Token), ("TELEGRAM_API_URL", "{api}"), ("DATA_DIR", "{data}"));
        BotAccount bot = sample.Bot(Token);

        Assert.Equal("Hello", await sample.AskAsync(bot, "Hello"));

        Assert.NotEmpty(bot.Polls);
    }

    [Fact]
    public async Task The_web_application_answers_by_webhook_beside_an_endpoint_of_its_own()
    {
        await using SampleProcess sample = await SampleProcess.StartAsync(
            packages,
            "Web",
            ("TELEGRAM_BOT_TOKEN", Token),
            ("TELEGRAM_API_URL", "{api}"),
            ("DATA_DIR", "{data}"),
            ("USE_WEBHOOK", "true"),
            ("WEBHOOK_URL", "{url}"));
        BotAccount bot = sample.Bot(Token);
        await sample.WaitForWebhookAsync(bot, $"{sample.Url}/webhook");

        Assert.Equal("Hello", await sample.AskAsync(bot, "Hello"));

        Assert.Empty(bot.Polls);
        Assert.Equal("This site has a bot.", await Get(sample.Url));
        Assert.Contains("\"active\":true", await Get($"{sample.Url}/health"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_bots_answer_in_one_web_application_each_by_its_own_webhook()
    {
        await using SampleProcess sample = await SampleProcess.StartAsync(
            packages, "TwoBots", [.. SettingsOf("Sales", Token), .. SettingsOf("Support", OtherToken)]);
        (BotAccount sales, BotAccount support) = (sample.Bot(Token), sample.Bot(OtherToken));
        await sample.WaitForWebhookAsync(sales, $"{sample.Url}/sales/webhook");
        await sample.WaitForWebhookAsync(support, $"{sample.Url}/support/webhook");

        Assert.Equal("Sales: Hello", await sample.AskAsync(sales, "Hello"));
        Assert.Equal("Support: Hello", await sample.AskAsync(support, "Hello"));

        Assert.Empty(sales.Polls.Concat(support.Polls));
        Assert.Equal("This site has two bots.", await Get(sample.Url));
        Assert.Contains("\"active\":true", await Get($"{sample.Url}/sales/health"), StringComparison.Ordinal);
        Assert.Contains("\"active\":true", await Get($"{sample.Url}/support/health"), StringComparison.Ordinal);

        static IEnumerable<(string, string)> SettingsOf(string section, string token) =>
        [
            ($"{section}__TELEGRAM_BOT_TOKEN", token),
            ($"{section}__TELEGRAM_API_URL", "{api}"),
            ($"{section}__DATA_DIR", $"{{data}}/{section}"),
            ($"{section}__USE_WEBHOOK", "true"),
            ($"{section}__WEBHOOK_URL", "{url}"),
        ];
    }

    [Theory]
    [InlineData("copy/samples/Functions", "EchoFunctions.dll")]
    [InlineData("MyBot/src/MyBot.Functions", "MyBot.Functions.dll")]
    public async Task The_Functions_app_offers_the_functions_of_the_package_and_answers_by_webhook(string project, string program)
    {
        using var data = new TempDirectory();
        await using BotApiServer server = await BotApiServer.StartAsync(new BotApiServerOptions(), TimeProvider.System, TestContext.Current.CancellationToken);
        await using FunctionsHost host = await FunctionsHost.StartAsync(
            new WorkerApp(packages.Output(project), program),
            ("TELEGRAM_BOT_TOKEN", Token),
            ("TELEGRAM_API_URL", server.Url),
            ("DATA_DIR", data.FullPath),
            ("USE_WEBHOOK", "true"),
            ("WEBHOOK_URL", "https://bot.example.com"),
            ("WEBHOOK_SECRET", "the-right-secret"));

        Assert.Equal(["Health", "HealthLive", "HealthReady", "Webhook", "WebhookGuard"], host.Functions.Keys.Order(StringComparer.Ordinal));

        HttpAnswer answer = await host.SendAsync(
            new HttpCall("POST", "/webhook", """{"update_id":1,"message":{"message_id":1,"date":1700000000,"chat":{"id":5,"type":"private"},"text":"Hello"}}""")
            {
                Headers = new Dictionary<string, string>
                {
                    ["Content-Type"] = "application/json",
                    ["X-Telegram-Bot-Api-Secret-Token"] = "the-right-secret",
                },
            });

        Assert.Equal(200, answer.Status);
        Assert.Equal("Hello", Assert.Single(server.Bot(Token).Sent).Text);
    }

    private static async Task<string> Get(string url)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri(url), TestContext.Current.CancellationToken);
    }
}
