using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Azker.PollingFallback.Commands;
using Azker.PollingFallback.Language;

namespace Azker.PollingFallback.Tests.Language;

/// <summary>The texts of the library that reads the command line, in Arabic. They change the language of the process for a moment.</summary>
[Collection(nameof(LibraryTextsTests))]
[CollectionDefinition(nameof(LibraryTextsTests), DisableParallelization = true)]
public sealed partial class LibraryTextsTests : IDisposable
{
    public LibraryTextsTests() => ConsoleLanguage.Use(name => name == ConsoleLanguage.Setting ? "ar" : null);

    public void Dispose() => ConsoleLanguage.Use(_ => null);

    [Fact]
    public void Each_text_of_the_library_is_among_those_of_the_console()
    {
        Assert.NotEmpty(LibraryTexts.All);
        Assert.All(LibraryTexts.All, text => Assert.Equal(
            text.Value.TrimEnd(), Texts.ResourceManager.GetString(LibraryTexts.Prefix + text.Key, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void The_help_of_each_command_is_Arabic()
    {
        string[][] paths = [.. Paths(AzkerCommand.Create(configure: null), [])];

        Assert.Contains(paths, path => path is ["dead-letters", "replay"]);
        Assert.All(paths, path =>
        {
            string help = Print([.. path, "--help"]);
            Assert.Contains("الاستخدام:", help, StringComparison.Ordinal);
            Assert.Contains("الخيارات:", help, StringComparison.Ordinal);
            Assert.Empty(Word().Matches(Isolated().Replace(help, "")).Select(word => word.Value).Except(Names));
        });
    }

    [Theory]
    [InlineData("parked show 7 8")]
    [InlineData("parked show x")]
    [InlineData("parked show")]
    [InlineData("lock")]
    [InlineData("lock brake")]
    [InlineData("completion tcsh")]
    [InlineData("dead-letters export --output")]
    [InlineData("dead-letters export --output a --output b")]
    [InlineData("dead-letters replay")]
    [InlineData("parked remove")]
    [InlineData("completion bash --command a;b")]
    public async Task A_wrong_command_line_is_answered_in_Arabic(string line)
    {
        var errors = new StringWriter();
        var output = new StringWriter();
        var invocation = new InvocationConfiguration { Error = LibraryTextWriter.Of(errors), Output = LibraryTextWriter.Of(output) };

        Assert.Equal(1, await AzkerConsole.RunAsync(line.Split(' '), configure: null, invocation));

        Assert.Matches("[\u0600-\u06FF]", errors.ToString());
        Assert.Empty(Word().Matches(Isolated().Replace(Suggestion().Replace(output.ToString() + errors, ""), "")).Select(word => word.Value).Except(Names));
    }

    [Fact]
    public void A_line_that_the_library_did_not_write_stays_as_it_is()
    {
        var text = new StringWriter { NewLine = "\n" };
        TextWriter writer = LibraryTextWriter.Of(text);

        writer.Write("dead-letters\nno text of the library\n");

        Assert.Equal("dead-letters\nno text of the library\n", text.ToString());
    }

    private static readonly string[] Names = ["Azker", "Telegram", "Webhook", "webhook", "Bot", "API", "JSON", "DNS", "TLS", "URL", "IP"];

    private static IEnumerable<string[]> Paths(Command command, string[] path) =>
        [path, .. command.Subcommands.SelectMany(sub => Paths(sub, [.. path, sub.Name]))];

    private static string Print(string[] line)
    {
        var text = new StringWriter();
        AzkerCommand.Create(configure: null).Parse(line).Invoke(new InvocationConfiguration { Output = LibraryTextWriter.Of(text) });
        return text.ToString();
    }

    [GeneratedRegex("[\u2066\u2068][^\u2066-\u2069]*\u2069")]
    private static partial Regex Isolated();

    /// <summary>A line with a command or a value that the user may have meant.</summary>
    [GeneratedRegex(@"^\s*'?[a-z-]+'?$", RegexOptions.Multiline)]
    private static partial Regex Suggestion();

    [GeneratedRegex("[A-Za-z]{2,}")]
    private static partial Regex Word();
}
