using Azker.PollingFallback.Settings;

namespace Azker.PollingFallback.Tests.Settings;

public sealed class DotEnvFileTests
{
    [Theory]
    [InlineData("DATA_DIR=/srv/a$b", "/srv/a$b")]
    [InlineData("A=\"pa$$ ${word} `x`\"", "pa$$ ${word} `x`")]
    [InlineData("A='$1 \\n \"x\"'", "$1 \\n \"x\"")]
    [InlineData("A=\"1\\n2\\t3\\\"4\\\\5\"", "1\n2\t3\"4\\5")]
    [InlineData("export A = 1", "1")]
    [InlineData("A=", "")]
    [InlineData("A=a=b==;c", "a=b==;c")]
    [InlineData("A=1 # one", "1")]
    [InlineData("A=a#b", "a#b")]
    [InlineData("A= # nothing", "")]
    [InlineData("A='1' # one", "1")]
    [InlineData("  A=1  \r\n", "1")]
    [InlineData("A='1\n2'\n", "1\n2")]
    [InlineData("A__B:C=1", "1")]
    [InlineData("A=it's", "it's")]
    public void A_value_means_what_it_says(string text, string value) => Assert.Equal(value, Assert.Single(DotEnvFile.Parse(text)).Value);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# A=1\n  # B=2")]
    public void Comments_and_empty_lines_set_nothing(string text) => Assert.Empty(DotEnvFile.Parse(text));

    [Fact]
    public void A_value_of_several_lines_counts_its_lines_for_the_next_fault() =>
        Assert.Equal("line 4 is not of the form NAME=value", Assert.Throws<FormatException>(() => DotEnvFile.Parse("A='1\n2\n3'\nfaulty\n")).Message);
}
