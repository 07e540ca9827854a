namespace Azker.Core.Configuration.Settings;

/// <summary>The bot's token, which is required.</summary>
internal sealed class TokenSetting() : TypedSetting<BotToken>(SettingNames.TelegramBotToken, options => options.Bot.Token)
{
    protected override BotToken Parse(string text, AzkerOptions options, out SettingFault? fault)
    {
        fault = null;
        return text;
    }

    protected override SettingFault? Check(BotToken value, string text, AzkerOptions options) => value.IsValid
        ? null
        : new SettingFault(
            value.Reveal().Length == 0 ? "it is not set" : "its value (not shown here) is not a bot token",
            "set the token that @BotFather gave you, such as 123456789:AAE-and-33-more-characters");
}
