using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Options;

namespace Azker.Core.Tests.Configuration;

/// <summary>The message about a faulty token names the mistake, and never the token.</summary>
public sealed class TokenSettingTests
{
    private const string Remedy = "set the token that @BotFather gave you, such as 123456789:AAE-and-33-more-characters";

    [Theory]
    [InlineData("\"123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"", "is in quotation marks; leave the quotation marks out")]
    [InlineData("'123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'", "is in quotation marks; leave the quotation marks out")]
    [InlineData("bot123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "begins with 'bot', which belongs to the URLs of the Bot API and not to the token; leave 'bot' out")]
    [InlineData("123456", $"is not a bot token; {Remedy}")]
    public void A_faulty_token_is_explained(string token, string explanation)
    {
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => Settings.Read(("TELEGRAM_BOT_TOKEN", token)));

        Assert.Equal($"TELEGRAM_BOT_TOKEN: its value (not shown here) {explanation}.", Assert.Single(error.Failures));
    }
}
