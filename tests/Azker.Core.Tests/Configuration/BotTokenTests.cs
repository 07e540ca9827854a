using Azker.Core.Configuration;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Configuration;

public sealed class BotTokenTests
{
    private const string Secret = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    public static TheoryData<string?> NoTokens => new(
        null,
        "",
        "123456:AAAAAAAAAAAAAAAAAAAAAAA",
        "0123456:" + Secret,
        Settings.Token + "\n",
        " " + Settings.Token,
        Settings.Token + "/",
        "123456:" + new string('A', 80));

    [Theory]
    [MemberData(nameof(NoTokens))]
    public void A_text_that_is_no_token_is_not_parsed(string? text) => Assert.False(BotToken.TryParse(text, out _));

    [Theory]
    [MemberData(nameof(NoTokens))]
    public void A_text_that_is_no_token_converts_to_a_token_that_is_not_valid(string? text)
    {
        BotToken token = text;

        Assert.False(token.IsValid);
        Assert.Equal(0, token.BotId);
        Assert.Equal(text ?? "", token.Reveal());
    }

    [Fact]
    public void A_string_converts_to_a_token()
    {
        BotToken token = Settings.Token;

        Assert.True(token.IsValid);
        Assert.Equal(123456, token.BotId);
        Assert.Equal(Settings.Token, token.Reveal());
    }

    [Fact]
    public void A_token_that_is_parsed_is_valid()
    {
        Assert.True(BotToken.TryParse(Settings.Token, out BotToken? token));
        Assert.True(token.IsValid);
        Assert.Equal(Settings.Token, token.Reveal());
    }

    [Theory]
    [InlineData(Settings.Token, "123456:***")]
    [InlineData("0123456:" + Secret, "***")]
    [InlineData("my secret", "***")]
    [InlineData("", "")]
    public void The_text_form_of_a_token_is_masked(string text, string shown) => Assert.Equal(shown, ((BotToken)text).ToString());

    [Fact]
    public void No_token_is_the_default()
    {
        Assert.Same(BotToken.None, new BotOptions().Token);
        Assert.Same(BotToken.None, (BotToken)(string?)null);
    }

    [Theory]
    [InlineData(Settings.Token, Secret)]
    [InlineData("no colon", "no colon")]
    public void The_secrets_of_a_token_are_the_whole_and_its_secret_part(string text, string part) =>
        Assert.Equal([text, part], ((BotToken)text).Secrets);
}
