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
    /// <c>TELEGRAM_API_URL</c>: the http or https URL of the Bot API server. Default <see cref="TelegramApiUrl"/>. Set it for a Bot API
    /// server of your own, or for a reverse proxy in front of a server; with the path <c>/api</c> the calls go to
    /// <c>/api/bot{token}/{method}</c> and the files to <c>/api/file/bot{token}/{file}</c>. Validated options have no slash at the end
    /// of a path.
    /// </summary>
    [JsonConverter(typeof(PlainUrlConverter))]
    public Uri ApiUrl { get; set; } = TelegramApiUrl;

    /// <summary>
    /// <c>TELEGRAM_API_LOCAL</c>: whether the Bot API server runs with <c>--local</c>, so that it calls webhooks at any scheme, port and
    /// address. Default <see langword="null"/>: <see langword="true"/> if the host of <see cref="ApiUrl"/> is a loopback or private
    /// address, a name without a dot, or a name in <c>.localhost</c>, <c>.local</c>, <c>.internal</c>, <c>.home.arpa</c> or
    /// <c>.lan</c>; DNS is not asked.
    /// </summary>
    public bool? ApiLocal { get; set; }

    /// <summary>
    /// <c>TELEGRAM_TEST_ENVIRONMENT</c>: whether the token is of a bot in Telegram's test environment, so that the calls go to
    /// <c>/bot{token}/test/{method}</c>. Default <see langword="false"/>.
    /// </summary>
    public bool TestEnvironment { get; set; }

    /// <summary>Whether <see cref="ApiUrl"/> is the server that Telegram runs, called directly.</summary>
    internal bool IsTelegramServer => ApiUrl == TelegramApiUrl;

    /// <summary>Whether the server calls webhooks at any scheme, port and address.</summary>
    internal bool IsLocalServer => ApiLocal ?? PrivateHost.Includes(ApiUrl);

    /// <summary>
    /// <c>ALLOWED_UPDATES</c>: the kinds of update that Telegram sends, by their Bot API names; in a setting, separated by
    /// commas. Default: all kinds except <c>chat_member</c>, <c>message_reaction</c> and <c>message_reaction_count</c>,
    /// which is the default of the Bot API too; an empty list means the same. More kinds mean more load. Telegram applies
    /// the list when an update arises: an update of another kind is never sent later (tdlib/telegram-bot-api, Client.cpp,
    /// add_update).
    /// </summary>
    public IReadOnlyList<string> AllowedUpdates { get; set; } = UpdateKind.Default;
}
