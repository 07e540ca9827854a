using System.Net;
using Telegram.Bot.Exceptions;

namespace Azker.Core.BotApi;

/// <summary>What a failed call to the Bot API server asks of its caller.</summary>
internal enum BotApiFaultKind
{
    /// <summary>Another try may succeed: a network fault, a 5xx, an answer that is no Bot API answer.</summary>
    Transient,

    /// <summary>429: another try may succeed after <see cref="BotApiFault.RetryAfter"/>.</summary>
    TooManyRequests,

    /// <summary>409: someone else receives, or sets the webhook.</summary>
    Conflict,

    /// <summary>401, 404 or 421: the server does not serve this bot, and no other try can succeed.</summary>
    Rejected,
}

/// <summary>A failed call to the Bot API server, sorted by what it asks of its caller.</summary>
internal readonly record struct BotApiFault(BotApiFaultKind Kind, string Description, TimeSpan RetryAfter = default)
{
    /// <summary>What is wrong, in words that a stranger may read: they name no host.</summary>
    public string Words => Kind switch
    {
        BotApiFaultKind.TooManyRequests => "The Bot API server asks to wait before the next call.",
        BotApiFaultKind.Conflict => "Someone else receives this bot's updates too.",
        BotApiFaultKind.Rejected => "The Bot API server does not serve this bot.",
        _ => "The Bot API server cannot be reached, or does not answer well.",
    };

    /// <summary>Sorts an exception of <see cref="Telegram.Bot.TelegramBotClient"/>, or a <see cref="TimeoutException"/>.</summary>
    /// <returns><see langword="null"/> for any other exception, which is a defect and not a fault of the server.</returns>
    public static BotApiFault? From(Exception exception) => exception switch
    {
        ApiRequestException { ErrorCode: 409 } api => new(BotApiFaultKind.Conflict, api.Message),
        ApiRequestException { ErrorCode: 401 or 404 or 421 } api => new(BotApiFaultKind.Rejected, $"{api.ErrorCode} {api.Message}"),
        ApiRequestException { ErrorCode: 429 } api => new(BotApiFaultKind.TooManyRequests, api.Message, RetryAfterOf(api)),
        ApiRequestException api => new(BotApiFaultKind.Transient, $"{api.ErrorCode} {api.Message}"),
        RequestException { HttpStatusCode: { } status } => new(BotApiFaultKind.Transient, NoBotApiAnswer(status)),
        RequestException or TimeoutException => new(BotApiFaultKind.Transient, exception.Message),
        _ => null,
    };

    private static TimeSpan RetryAfterOf(ApiRequestException api) => TimeSpan.FromSeconds(Math.Clamp(api.Parameters?.RetryAfter ?? 1, 1, 3600));

    private static string NoBotApiAnswer(HttpStatusCode status) => $"HTTP {(int)status} with a body that is no Bot API answer";
}
