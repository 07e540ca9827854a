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
        : Explain(value.Reveal());

    private static SettingFault Explain(string token) => token switch
    {
        "" => new SettingFault(SettingTexts.NotSet, SettingTexts.GiveToken),
        ['"' or '\'' or '`' or '\u201C' or '\u00AB', ..] => new SettingFault(SettingTexts.TokenQuoted, SettingTexts.LeaveQuotesOut),
        _ when token.StartsWith("bot", StringComparison.OrdinalIgnoreCase) => new SettingFault(SettingTexts.TokenWithBot, SettingTexts.LeaveBotOut),
        _ => new SettingFault(SettingTexts.NotToken, SettingTexts.GiveToken),
    };
}
