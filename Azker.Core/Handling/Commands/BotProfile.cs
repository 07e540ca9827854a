using Telegram.Bot;
using Telegram.Bot.Types;

namespace Azker.Core.Handling.Commands;

/// <summary>The bot's own user, asked for once.</summary>
internal sealed class BotProfile(ITelegramBotClient client)
{
    private User? _user;

    /// <summary>The bot's name after the @.</summary>
    public async Task<string> GetUsernameAsync(CancellationToken cancellationToken) =>
        (_user ??= await client.GetMe(cancellationToken)).Username ?? "";
}
