using System.Text.Json;
using Azker.PollingFallback.Tests.Shared;

namespace Azker.PollingFallback.Tests.Commands;

/// <summary><c>config</c>.</summary>
public sealed class ConfigCommandTests : IAsyncLifetime
{
    private ConsoleFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await ConsoleFixture.CreateAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task The_settings_in_force_are_shown_with_their_sources_and_without_secrets()
    {
        await Write(".env", "POLL_TIMEOUT=20\nTELEGRAM_PROXY=http://someone:hush@proxy.example.com:3128\nWEBHOOK_SECRET=hush");
        await Write("local.settings.json", """{"Values":{"POLL_TIMEOUT":"30","MAX_ATTEMPTS":"7"}}""");

        (int code, string text, _) = await Run(["config"]);

        Assert.Equal(0, code);
        Assert.Matches(@"(?m)^TELEGRAM_BOT_TOKEN +environment +\(set, not shown\)$", text);
        Assert.Matches(@"(?m)^POLL_TIMEOUT +\.env +20$", text);
        Assert.Matches(@"(?m)^MAX_ATTEMPTS +local\.settings\.json +7$", text);
        Assert.Matches(@"(?m)^TELEGRAM_PROXY +\.env +http://proxy\.example\.com:3128/?$", text);
        Assert.Matches(@"(?m)^WEBHOOK_SECRET +\.env +\(set, not shown\)$", text);
        Assert.DoesNotContain("hush", text, StringComparison.Ordinal);
        Assert.DoesNotContain("HANDLER_TIMEOUT", text, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^HANDLER_TIMEOUT +default +\d+$", (await Run(["config", "--all"])).Text);
    }

    [Fact]
    public async Task Names_that_look_like_settings_and_faulty_values_are_pointed_out()
    {
        await Write(".env", "TELEGRAM_TOKEN=x\nWEBHOK_URL=x\nWEBHOOK_URl=https://bot.example.com\nhttps_proxy=http://p:1\nPOLL_TIMEOUT=400\nMY_OWN_SETTING=1");

        (int code, string text, _) = await Run(["config", "--json"]);

        Assert.Equal(78, code);
        using var report = JsonDocument.Parse(text);
        Assert.Equal(
            [("TELEGRAM_TOKEN", "TELEGRAM_BOT_TOKEN", false), ("WEBHOK_URL", "WEBHOOK_URL", false), ("WEBHOOK_URl", "WEBHOOK_URL", true)],
            report.RootElement.GetProperty("similar").EnumerateArray()
                .Select(similar => (Text(similar, "name"), Text(similar, "setting"), similar.GetProperty("has_effect").GetBoolean()))
                .Order());
        Assert.Equal("POLL_TIMEOUT: '400' is not a number of seconds from 1 to 50; leave it out for 50.", report.RootElement.GetProperty("faults")[0].GetString());
        JsonElement token = report.RootElement.GetProperty("settings")[0];
        Assert.Equal(("TELEGRAM_BOT_TOKEN", null, "environment"), (Text(token, "name"), Text(token, "value"), Text(token, "source")));
    }

    [Fact]
    public async Task A_wrong_command_line_gets_the_usage_line_and_not_the_whole_help()
    {
        (int code, _, string errors) = await Run(["lock", "brake"]);

        Assert.Equal(1, code);
        Assert.Contains("Unrecognized command or argument 'brake'.", errors, StringComparison.Ordinal);
        Assert.Contains("Usage: Azker.PollingFallback lock COMMAND\n", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Exit codes", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AZKER_LANG", "ar")]
    [InlineData("LC_ALL", "ar_EG.UTF-8")]
    public async Task In_Arabic_the_names_of_settings_stay_readable_from_left_to_right(string variable, string language)
    {
        await Write(".env", "WEBHOK_URL=x");

        string text = (await Run(["config"], (variable, language))).Text;

        Assert.Contains("مضبوط، لا يُعرض", text, StringComparison.Ordinal);
        Assert.Contains("\u2068WEBHOK_URL\u2069", text, StringComparison.Ordinal);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private Task Write(string name, string text) => File.WriteAllTextAsync(Path.Combine(_fixture.Directory, name), text, TestContext.Current.CancellationToken);

    private async Task<(int Code, string Text, string Errors)> Run(string[] arguments, params (string Name, string Value)[] settings)
    {
        ConsoleProcess console = _fixture.Start(arguments, settings);
        int code = await console.Exit();
        return (code, console.Output, console.Errors);
    }
}
