using System.Collections.Concurrent;
using Azker.BotApi.Requests;

namespace Azker.BotApi.Bots;

/// <summary>The bots of one server by id. The first request for an id creates its bot.</summary>
internal sealed class BotRegistry(ServerContext server)
{
    private readonly ConcurrentDictionary<long, BotAccount> _bots = new();

    public IReadOnlyList<BotAccount> All => [.. _bots.Values.OrderBy(bot => bot.Id)];

    public BotAccount Get(long id) => _bots.GetOrAdd(id, key => new BotAccount(key, server));

    public bool IsAllowed(string token) => server.Options.AllowedTokens?.Contains(token) ?? true;

    /// <exception cref="ArgumentException">The token is malformed, not allowed, revoked, or not the bot's present token.</exception>
    public BotAccount Register(string token)
    {
        if (StandInToken.Parse(token, false, out _) is not { IsWellFormed: true } parsed)
        {
            throw new ArgumentException(
                "The token is malformed. A token is <bot id>:<secret>, the secret 24 or more of A-Z a-z 0-9 _ -.", nameof(token));
        }

        if (!IsAllowed(token))
        {
            throw new ArgumentException(
                $"The token of bot {parsed.BotId} is not among {nameof(BotApiServerOptions.AllowedTokens)}. Add the token to the options.",
                nameof(token));
        }

        BotAccount bot = Get(parsed.BotId);
        return bot.Accept(parsed)
            ? bot
            : throw new ArgumentException(
                $"Bot {parsed.BotId} has another token, or this token was revoked. Revoke the bot's token before you use a new one.",
                nameof(token));
    }
}
