using Azker.Core.Configuration;

namespace Azker.Core.BotApi;

/// <summary>The Bot API server does not serve this bot. The message says what to check.</summary>
public sealed class BotApiRejectedException : Exception
{
    /// <param name="bot">The bot and its Bot API server.</param>
    /// <param name="fault">The answer of the server.</param>
    internal BotApiRejectedException(BotOptions bot, BotApiFault fault)
        : base(fault.Kind == BotApiFaultKind.LoggedOut ? DescribeLogout(bot) : DescribeRejection(bot, fault.Detail)) => BotId = bot.Token.BotId;

    /// <summary>The bot's user id.</summary>
    public long BotId { get; }

    private static string DescribeRejection(BotOptions bot, string answer) =>
        $"The Bot API server {ServerOf(bot)} does not serve bot {bot.Token.BotId}: {answer}. "
        + "Check TELEGRAM_BOT_TOKEN: it may be mistyped, or revoked with @BotFather. If you run your own Bot API server, check TELEGRAM_API_URL too.";

    private static string DescribeLogout(BotOptions bot) =>
        $"Bot {bot.Token.BotId} is logged out of the Bot API server {ServerOf(bot)}. "
        + "Set TELEGRAM_API_URL to the server that serves the bot now. To come back to Telegram's own server, wait 10 minutes after the logout.";

    private static string ServerOf(BotOptions bot) => bot.ApiUrl.GetLeftPart(UriPartial.Authority);
}
