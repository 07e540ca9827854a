using Azker.PollingFallback.Output;

namespace Azker.PollingFallback.Tests.Commands;

/// <summary>Plain text for a terminal.</summary>
public sealed class TextTableTests
{
    [Theory]
    [InlineData("OK  one two three", 12, "OK  one two\n   three")]
    [InlineData("   To do: it", 80, "   To do: it")]
    [InlineData("OK averyveryverylongword x", 10, "OK\n   averyveryverylongword\n   x")]
    [InlineData("\u2068abcde\u2069 fgh", 9, "\u2068abcde\u2069 fgh")]
    public void A_line_is_broken_at_spaces(string line, int width, string expected) => Assert.Equal(expected, TextTable.Wrap(line, width, "   "));

    [Fact]
    public void Columns_are_as_wide_as_their_widest_cell_and_the_last_has_no_end() =>
        Assert.Equal("A   B\nxx  \u2068y\u2069", TextTable.Format([["A", "B"], ["xx", "\u2068y\u2069"]]));
}
