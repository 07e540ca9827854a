using Azker.BotApi.Requests;

namespace Azker.BotApi.Tests.Requests;

public sealed class LenientIntegerTests
{
    [Theory]
    [InlineData("17", 17)]
    [InlineData("-17", -17)]
    [InlineData("17abc", 17)]
    [InlineData("abc", 0)]
    [InlineData("", 0)]
    [InlineData("-", 0)]
    [InlineData("1.9", 1)]
    [InlineData(" 5", 0)]
    [InlineData("-2147483648", int.MinValue)]
    public void Only_the_digits_at_the_start_count(string text, int expected) => Assert.Equal(expected, LenientInteger.Parse(text));

    [Theory]
    [InlineData("abc", 1)]
    [InlineData("0", 1)]
    [InlineData("500", 100)]
    [InlineData("-3", 1)]
    [InlineData("", 100)]
    public void A_number_out_of_range_is_moved_into_it(string text, int expected)
    {
        var arguments = new RequestArguments();
        arguments.Add("limit", text);
        Assert.Equal(expected, arguments.Integer("limit", 100, 1, 100));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("Yes", true)]
    [InlineData("1", true)]
    [InlineData("false", false)]
    [InlineData("2", false)]
    [InlineData("", false)]
    public void True_yes_and_1_are_true(string text, bool expected)
    {
        var arguments = new RequestArguments();
        arguments.Add("drop_pending_updates", text);
        Assert.Equal(expected, arguments.Flag("drop_pending_updates"));
    }
}
