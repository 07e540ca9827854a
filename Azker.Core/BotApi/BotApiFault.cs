using Telegram.Bot.Exceptions;

namespace Azker.Core.BotApi;

/// <summary>The kinds of failed Bot API calls, by what the caller can do.</summary>
internal enum BotApiFaultKind
{
    /// <summary>Another try may succeed: a network fault, no answer in time, a 5xx, an answer that is not a Bot API answer.</summary>
    Transient,

    /// <summary>429: another try may succeed after <see cref="BotApiFault.RetryAfter"/>.</summary>
    TooManyRequests,

    /// <summary>409: another program receives this bot's updates, or a webhook is set.</summary>
    Conflict,

    /// <summary>401, 404 or 421: the server does not serve this bot, if a proxy has not given the answer.</summary>
    Rejected,

    /// <summary>400 <c>Logged out</c>: <c>logOut</c> was called for this bot, so the server does not serve the bot for now.</summary>
    LoggedOut,
}

/// <summary>A failed Bot API call.</summary>
/// <param name="Kind">The kind, which says what the caller can do.</param>
/// <param name="Method">The name of the Bot API method.</param>
/// <param name="Detail">The cause, without a full stop, such as <c>401 Unauthorized</c>.</param>
/// <param name="RetryAfter">How long the server asks to wait; only with <see cref="BotApiFaultKind.TooManyRequests"/>.</param>
internal readonly record struct BotApiFault(BotApiFaultKind Kind, string Method, string Detail, TimeSpan RetryAfter = default)
{
    /// <summary>The method and the cause, as one sentence for logs. It may name the server's host.</summary>
    public string Description => $"{Method} failed: {Detail}.";

    /// <summary>The cause as one sentence that a stranger may read: it names no host.</summary>
    public string PublicDescription => Kind switch
    {
        BotApiFaultKind.TooManyRequests => "The Bot API server asks to wait before the next call.",
        BotApiFaultKind.Conflict => "Another program receives this bot's updates too.",
        BotApiFaultKind.LoggedOut => "The bot is logged out of the Bot API server.",
        BotApiFaultKind.Rejected => "The Bot API server does not serve this bot.",
        _ => "The Bot API server cannot be reached or answers with errors.",
    };

    /// <summary>Sorts a failed call of <see cref="Telegram.Bot.TelegramBotClient"/>.</summary>
    public static BotApiFault From(string method, RequestException exception) => exception switch
    {
        ApiRequestException api => new(KindOf(api), method, $"{api.ErrorCode} {api.Message.TrimEnd('.')}", RetryAfterOf(api)),
        { HttpStatusCode: { } status } => new(BotApiFaultKind.Transient, method, $"HTTP {(int)status} with a body that is not a Bot API answer"),
        _ => new(BotApiFaultKind.Transient, method, exception.Message.TrimEnd('.')),
    };

    /// <summary>Source of <c>Logged out</c>: tdlib/telegram-bot-api, Client.cpp, which answers so to each call after <c>logOut</c>.</summary>
    private static BotApiFaultKind KindOf(ApiRequestException api) => api.ErrorCode switch
    {
        400 when api.Message.TrimEnd('.') == "Logged out" => BotApiFaultKind.LoggedOut,
        401 or 404 or 421 => BotApiFaultKind.Rejected,
        409 => BotApiFaultKind.Conflict,
        429 => BotApiFaultKind.TooManyRequests,
        _ => BotApiFaultKind.Transient,
    };

    private static TimeSpan RetryAfterOf(ApiRequestException api) => api.ErrorCode == 429
        ? TimeSpan.FromSeconds(Math.Clamp(api.Parameters?.RetryAfter ?? 1, 1, 3600))
        : TimeSpan.Zero;
}
