using Azker.Conventions.Tests.Shared;

namespace Azker.Conventions.Tests.Words;

public class SourceProseTests
{
    private const string Source =
        """"
        namespace Azker.Core;

        /// <summary>Reads <see cref="Anew"/> and
        /// <c>what is</c> there.</summary>
        /// <param name="dwell">The wait.</param>
        internal sealed class Sample(string dwell)
        {
            // One comment
            // over two lines.
            private const char Quote = '"'; // Beside the code.
            private const string Path = @"C:\data of ""it"""; /* A block
             * of two lines. */

            [LoggerMessage(1, LogLevel.Debug, "A log message.")] private static partial void Log();
            public void Do(int count)
            {
                Call($"the count is {count} and {Name("in the hole")} is the name", Quote, '\'');
                throw new InvalidOperationException("The first part " +
                    "and the second part.", Arms(count switch { 1 => "an arm of it", _ => $$"""a raw {{count}} of {it}""" }));
            }
        }
        """";

    [Theory]
    [InlineData(3, "¶ ¶Reads code and\n code there.¶\n ¶The wait.¶")]
    [InlineData(8, "¶ One comment\n over two lines.")]
    [InlineData(10, "¶ Beside the code.")]
    [InlineData(11, "¶ A block\n of two lines. ")]
    [InlineData(11, "¶C:\\data of \"\"it\"\"")]
    [InlineData(17, "¶the count is code and code is the name")]
    [InlineData(17, "¶in the hole")]
    [InlineData(18, "¶The first part \nand the second part.")]
    [InlineData(19, "¶an arm of it")]
    [InlineData(19, "¶a raw code of {it}")]
    public void Comments_and_literals_are_read_with_their_lines(int line, string text) =>
        Assert.Contains((line, text), Texts("Azker.Core/Sample.cs"));

    [Fact]
    public void A_log_message_is_not_read_here() =>
        Assert.DoesNotContain(Texts("Azker.Core/Sample.cs"), read => read.Text.Contains("log message", StringComparison.Ordinal));

    [Theory]
    [InlineData("¶The first part \nand the second part.", true)]
    [InlineData("¶an arm of it", true)]
    [InlineData("¶a raw code of {it}", true)]
    [InlineData("¶the count is code and code is the name", false)]
    public void Of_a_test_the_literals_of_failures_alone_are_read(string text, bool isRead) =>
        Assert.Equal(isRead, Texts("tests/Sample.cs").Any(read => read.Text == text));

    private static IEnumerable<(int Line, string Text)> Texts(string path) =>
        SourceProse.Of(new RepositoryFile(path), Source).Select(prose => (prose.Line, prose.Text));
}
