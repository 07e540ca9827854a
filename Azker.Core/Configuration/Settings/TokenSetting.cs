namespace Azker.Core.Configuration.Settings;

/// <summary>The bot's token, which is required.</summary>
internal sealed class TokenSetting() : TypedSetting<BotToken>(SettingNames.TelegramBotToken, options => options.Bot.Token)
{
    private const string Remedy = "set the token that @BotFather gave you, such as 123456789:AAE-and-33-more-characters";

    protected override BotToken Parse(string text, AzkerOptions options, out SettingFault? fault)
    {
        fault = null;
        return text;
    }

    protected override SettingFault? Check(BotToken value, string text, AzkerOptions options) => value.IsValid
        ? null
        : Explain(value.Reveal());

    private static SettingFault Explain(string token) => token switch
    {
        "" => new SettingFault("it is not set", Remedy),
        ['"' or '\'' or '`' or '\u201C' or '\u00AB', ..] => new SettingFault("its value (not shown here) is in quotation marks", "leave the quotation marks out"),
        _ when token.StartsWith("bot", StringComparison.OrdinalIgnoreCase) => new SettingFault(
            "its value (not shown here) begins with 'bot', which belongs to the URLs of the Bot API and not to the token", "leave 'bot' out"),
        _ => new SettingFault("its value (not shown here) is not a bot token", Remedy),
    };
}
