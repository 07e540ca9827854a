using Telegram.Bot;
using Telegram.Bot.Types;

namespace Azker.Core.Handling.Commands;

/// <summary>The bot's own user, for which Azker asks Telegram once (getMe).</summary>
/// <param name="client">The client of the bot.</param>
public sealed class BotProfile(ITelegramBotClient client)
{
    private User? _user;

    /// <summary>Gets the bot's name, without the @.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The name; empty when the bot has none.</returns>
    /// <exception cref="Telegram.Bot.Exceptions.RequestException">getMe failed.</exception>
    public async Task<string> GetUsernameAsync(CancellationToken cancellationToken) =>
        (_user ??= await client.GetMe(cancellationToken)).Username ?? "";

    /// <summary>Says whether a command is meant for another bot, as <c>/start@other_bot</c> is.</summary>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether the command names another bot.</returns>
    /// <exception cref="Telegram.Bot.Exceptions.RequestException">getMe failed.</exception>
    public async Task<bool> IsForOtherBotAsync(CommandText command, CancellationToken cancellationToken) =>
        command.Mention is { } mention && !mention.Equals(await GetUsernameAsync(cancellationToken), StringComparison.OrdinalIgnoreCase);
}
