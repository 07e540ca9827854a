using System.Text.Json.Serialization;
using Azker.Core.Updates;

namespace Azker.Core.Configuration;

/// <summary>The bot, and its Bot API server.</summary>
public sealed class BotOptions
{
    /// <summary>The Bot API server that Telegram runs.</summary>
    public static readonly Uri TelegramApiUrl = new("https://api.telegram.org");

    /// <summary>
    /// <c>TELEGRAM_BOT_TOKEN</c>: the token that @BotFather gave. Required; a string converts to it. Default
    /// <see cref="BotToken.None"/>, which the validation refuses.
    /// </summary>
    public BotToken Token { get; set; } = BotToken.None;

    /// <summary>
    /// <c>TELEGRAM_API_URL</c>: scheme (http or https), host and port of the Bot API server, without a path. Default
    /// <see cref="TelegramApiUrl"/>. Set it for a Bot API server of your own.
    /// </summary>
    [JsonConverter(typeof(PlainUrlConverter))]
    public Uri ApiUrl { get; set; } = TelegramApiUrl;

    /// <summary>Whether <see cref="ApiUrl"/> is a Bot API server of your own.</summary>
    internal bool IsOwnServer => ApiUrl != TelegramApiUrl;

    /// <summary>
    /// <c>ALLOWED_UPDATES</c>: the kinds of update that Telegram sends, by their Bot API names; in a setting, separated by
    /// commas. Default: all kinds except <c>chat_member</c>, <c>message_reaction</c> and <c>message_reaction_count</c>,
    /// which is the default of the Bot API too; an empty list means the same. More kinds mean more load. Telegram applies
    /// the list when an update arises: an update of another kind is never sent later (tdlib/telegram-bot-api, Client.cpp,
    /// add_update).
    /// </summary>
    public IReadOnlyList<string> AllowedUpdates { get; set; } = UpdateKind.Default;
}
