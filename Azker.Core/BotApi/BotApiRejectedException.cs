namespace Azker.Core.BotApi;

/// <summary>The Bot API server does not serve this bot. The message says what to check.</summary>
public sealed class BotApiRejectedException : Exception
{
    /// <param name="botId">The bot's user id.</param>
    /// <param name="server">The Bot API server.</param>
    /// <param name="answer">The server's answer, such as <c>401 Unauthorized</c>.</param>
    internal BotApiRejectedException(long botId, Uri server, string answer)
        : base($"The Bot API server {server.GetLeftPart(UriPartial.Authority)} does not serve bot {botId}: {answer}. "
            + "Check TELEGRAM_BOT_TOKEN: it may be mistyped, or revoked with @BotFather. If you run your own Bot API server, check TELEGRAM_API_URL too.") =>
        BotId = botId;

    /// <summary>The bot's user id.</summary>
    public long BotId { get; }
}
