using Azker.Core.Updates;

namespace Azker.Core.Configuration;

/// <summary>Which bot, and where its Bot API server is.</summary>
public sealed class BotOptions
{
    /// <summary>The Bot API server that Telegram runs.</summary>
    public static readonly Uri TelegramApiUrl = new("https://api.telegram.org");

    private BotOptions(BotToken token, Uri apiUrl, IReadOnlyList<string> allowedUpdates) =>
        (Token, ApiUrl, AllowedUpdates) = (token, apiUrl, allowedUpdates);

    /// <summary><c>TELEGRAM_BOT_TOKEN</c>, as @BotFather gave it. Required.</summary>
    public BotToken Token { get; }

    /// <summary>
    /// <c>TELEGRAM_API_URL</c>: scheme, host and port of the Bot API server. Default <see cref="TelegramApiUrl"/>; set it
    /// for a server of one's own.
    /// </summary>
    public Uri ApiUrl { get; }

    /// <summary>Whether <see cref="ApiUrl"/> is a Bot API server of one's own.</summary>
    public bool IsOwnServer => ApiUrl != TelegramApiUrl;

    /// <summary>
    /// <c>ALLOWED_UPDATES</c>: the kinds of update that Telegram is asked for, by their Bot API names. Default: all but
    /// <c>chat_member</c>, <c>message_reaction</c> and <c>message_reaction_count</c>, as the Bot API's own default is.
    /// </summary>
    public IReadOnlyList<string> AllowedUpdates { get; }

    internal static BotOptions Read(SettingsReader settings) =>
        new(ReadToken(settings), ReadApiUrl(settings), ReadAllowedUpdates(settings));

    private static BotToken ReadToken(SettingsReader settings)
    {
        string? text = settings.Text(SettingNames.TelegramBotToken);
        if (!BotToken.TryParse(text, out BotToken? token))
        {
            settings.Fault(SettingNames.TelegramBotToken,
                text is null ? "it is not set" : "its value is not a bot token (it is not shown here)",
                "set the token that @BotFather gave you, such as 123456789:AAE-and-33-more-characters");
        }

        return token!;
    }

    private static Uri ReadApiUrl(SettingsReader settings)
    {
        if (settings.HttpUrl(SettingNames.TelegramApiUrl) is not { } url)
        {
            return TelegramApiUrl;
        }

        if (url.PathAndQuery != "/" || url.UserInfo.Length > 0)
        {
            settings.Fault(SettingNames.TelegramApiUrl, $"'{url.Scheme}://{url.Authority}' is followed by a path, or preceded by a user name",
                "give only scheme, host and port, such as http://127.0.0.1:8081");
        }

        return new Uri(url.GetLeftPart(UriPartial.Authority));
    }

    private static IReadOnlyList<string> ReadAllowedUpdates(SettingsReader settings)
    {
        if (settings.Text(SettingNames.AllowedUpdates) is not { } text)
        {
            return UpdateKind.Default;
        }

        string[] kinds = text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] unknown = [.. kinds.Where(kind => UpdateKind.Find(kind) is null)];
        if (unknown.Length > 0)
        {
            settings.Fault(SettingNames.AllowedUpdates, $"'{string.Join(", ", unknown)}' is not a kind of update",
                $"choose from {string.Join(", ", UpdateKind.All.Select(kind => kind.Name))}");
        }

        return kinds;
    }
}
