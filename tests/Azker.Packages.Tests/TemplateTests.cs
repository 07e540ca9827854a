using System.Text.RegularExpressions;
using System.Xml.Linq;
using Azker.Packages.Tests.Shared;

namespace Azker.Packages.Tests;

/// <summary>The template azker-bot. The bot that it has created is built together with the samples.</summary>
public sealed partial class TemplateTests(PackagesFixture packages)
{
    private const string Token = "234567:CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC";

    private static readonly string[] Placeholders = ["AzkerBot", "BotNamespace", "AZKER_VERSION", "VERSION_OF_AZKER"];

    [Theory]
    [InlineData("README.md", NewBot.Install, NewBot.Create, NewBot.Test, NewBot.Run)]
    [InlineData("templates/Azker.Templates/README.md", NewBot.Install, NewBot.Create)]
    public void A_page_quotes_the_commands_that_these_tests_run(string page, params string[] commands) =>
        Assert.Equal(commands, CommandsOf(ReadRepository(page).Split("## Your own bot in five minutes\n")[^1].Split("\n### ")[0]));

    [Fact]
    public void The_page_of_the_new_bot_quotes_the_commands_that_these_tests_run() => Assert.Equal(
        [NewBot.Test, NewBot.Run], CommandsOf(File.ReadAllText(Path.Combine(packages.Bot.Directory, "README.md"))));

    [Fact]
    public async Task The_tests_of_the_new_bot_pass()
    {
        string output = await packages.Bot.TestAsync();

        Assert.Contains("total: 3", output, StringComparison.Ordinal);
        Assert.Contains("succeeded: 3", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_console_of_the_new_bot_answers_by_polling()
    {
        await using SampleProcess console = await packages.Bot.StartConsoleAsync(
            ("TELEGRAM_BOT_TOKEN", Token), ("TELEGRAM_API_URL", "{api}"), ("DATA_DIR", "{data}"));

        Assert.StartsWith("Hello!", await console.AskAsync(console.Bot(Token), "/start"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_no_namespace_names_files_and_gives_a_namespace()
    {
        string bot = await packages.Bot.CreateOtherAsync("my-bot");

        Assert.Contains("<Project Path=\"src/my-bot/my-bot.csproj\" />", await ReadAsync("my-bot.slnx"), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(bot, "src/my-bot/my-bot.csproj")));
        Assert.Contains("namespace my_bot;", await ReadAsync("src/my-bot/BotHandlers.cs"), StringComparison.Ordinal);

        Task<string> ReadAsync(string file) => File.ReadAllTextAsync(Path.Combine(bot, file), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void No_placeholder_is_left_in_the_new_bot() => Assert.All(
        Files(packages.Bot.Directory),
        file => Assert.All(Placeholders, placeholder => Assert.DoesNotContain(placeholder, file + File.ReadAllText(file), StringComparison.Ordinal)));

    [Fact]
    public void The_new_bot_has_the_versions_of_this_repository()
    {
        Dictionary<string, string> own = Versions(BuildFacts.Repository);

        Assert.All(Versions(packages.Bot.Directory), package => Assert.Equal(
            package.Key.StartsWith("Azker.", StringComparison.Ordinal) ? packages.Version : own[package.Key], package.Value));
        Assert.Equal(ReadRepository("global.json"), File.ReadAllText(Path.Combine(packages.Bot.Directory, "global.json")));
    }

    [Theory]
    [InlineData("host.json", "src/MyBot.Functions/host.json")]
    [InlineData("docs/dashboard/azure-monitor-alerts.json", "docs/dashboard/azure-monitor-alerts.json")]
    [InlineData("infra/main.bicep", "infra/main.bicep")]
    [InlineData("infra/main.parameters.json", "infra/main.parameters.json")]
    public void The_new_bot_has_the_files_that_it_shares_with_this_repository(string source, string copy) => Assert.Equal(
        ReadRepository(source), File.ReadAllText(Path.Combine(packages.Bot.Directory, copy)));

    [Fact]
    public void The_infrastructure_of_the_new_bot_is_complete()
    {
        string infra = Path.Combine(packages.Bot.Directory, "infra");

        Assert.Equal(Names(Path.Combine(BuildFacts.Repository, "infra")), Names(infra));
        Assert.Contains("project: src/MyBot.Functions\n", File.ReadAllText(Path.Combine(infra, "../azure.yaml")), StringComparison.Ordinal);
        Assert.All(
            Files(infra).SelectMany(file => PathAbove().Matches(File.ReadAllText(file))),
            path => Assert.True(Path.Exists(Path.Combine(infra, path.Groups[1].Value)), $"There is no {path.Value}."));

        static IEnumerable<string> Names(string folder) => Files(folder).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal);
    }

    /// <summary>The commands for the bot in the blocks of shell commands.</summary>
    private static IEnumerable<string> CommandsOf(string page) => page.Split("```sh\n").Skip(1)
        .SelectMany(block => block.Split("```")[0].Split('\n'))
        .SelectMany(line => line.Split('#')[0].Split("&&"))
        .Select(command => command.Trim())
        .Where(command => command.StartsWith("dotnet new", StringComparison.Ordinal) || command is NewBot.Test or NewBot.Run);

    private static Dictionary<string, string> Versions(string directory) => XDocument.Load(Path.Combine(directory, "Directory.Packages.props"))
        .Descendants("PackageVersion")
        .ToDictionary(package => (string)package.Attribute("Include")!, package => (string)package.Attribute("Version")!);

    /// <summary>The files of a directory, without what is built.</summary>
    private static IEnumerable<string> Files(string directory) => Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(directory, file).Split('/', '\\').Intersect(["bin", "obj", "TestResults"]).Any());

    private static string ReadRepository(string file) => File.ReadAllText(Path.Combine(BuildFacts.Repository, file));

    /// <summary>A path to a file outside the folder, in a module or a link.</summary>
    [GeneratedRegex(@"(?:module \w+ '|\]\()(\.\./[^')]+)")]
    private static partial Regex PathAbove();
}
