using Azker.BotApi.Requests;

namespace Azker.BotApi.Bots;

/// <summary>Decides whether a bot's token is valid and its client object is loaded. The caller holds the gate.</summary>
internal sealed class BotLifecycle(BotGate gate, DateTimeOffset serverStartedAt)
{
    private static readonly TimeSpan MinUptime = TimeSpan.FromMinutes(10);

    public static readonly ApiAnswer Unauthorized = ApiAnswer.Fail(401, "Unauthorized");
    public static readonly ApiAnswer LoggedOut = ApiAnswer.Fail(400, "Logged out");

    private readonly HashSet<string> _revoked = [];
    private string? _secret;
    private bool _isLoggedOut;
    private DateTimeOffset? _loadedAt;

    /// <summary>The answer to a call that is refused, or null.</summary>
    public ApiAnswer? Refuse(StandInToken token, string method)
    {
        if (_loadedAt is null && method == "close")
        {
            return ApiAnswer.Fail(400, "Bad Request: the bot has already been closed");
        }

        if (!Accept(token))
        {
            return Unauthorized;
        }

        _loadedAt ??= gate.Now;
        return _isLoggedOut ? LoggedOut : null;
    }

    /// <summary>
    /// Seconds until close is allowed: a bot that was loaded more than 10 min after the start of the server must have run for 10 min.
    /// </summary>
    public int SecondsUntilClosable()
    {
        DateTimeOffset loadedAt = _loadedAt!.Value;
        return loadedAt > serverStartedAt + MinUptime ? (int)(loadedAt + MinUptime - gate.Now).TotalSeconds : 0;
    }

    public void Close() => _loadedAt = null;

    public void LogOut() => _isLoggedOut = true;

    public void Reset() => _isLoggedOut = false;

    /// <summary>Refuses the present token from now on. The next token of the same bot takes its place.</summary>
    public void Revoke()
    {
        if (_secret is not null)
        {
            _revoked.Add(_secret);
        }

        _secret = null;
    }

    /// <summary>A bot has one token: the first that a client calls with or a test registers, until the token is revoked.</summary>
    public bool Accept(StandInToken token)
    {
        if (!token.IsWellFormed || _revoked.Contains(token.Secret))
        {
            return false;
        }

        _secret ??= token.Secret;
        return _secret == token.Secret;
    }
}
