using System.Globalization;

namespace Azker.BotApi.Requests;

/// <summary>A bot's token in its parts. Its text appears in no log and no answer.</summary>
internal sealed record StandInToken(long BotId, string Secret)
{
    private const int MaxLength = 80;
    private const int MinSecretLength = 24;

    /// <summary>
    /// The distance between the ids of a bot in the test environment and in production. The bot has a queue of its own in each.
    /// </summary>
    public const long TestOffset = 1L << 54;

    /// <summary>Whether the secret can belong to a bot. Telegram refuses any other secret with 401, not as a malformed request.</summary>
    public bool IsWellFormed =>
        Secret.Length >= MinSecretLength && Secret.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');

    public override string ToString() => $"{BotId}:***";

    public static StandInToken? Parse(string text, bool isTest, out ApiAnswer? error)
    {
        error = null;
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (text.StartsWith('0') || text.Length > MaxLength || colon < 0)
        {
            error = ApiAnswer.Fail(401, "Unauthorized: invalid token specified");
        }
        else if (!long.TryParse(text.AsSpan(0, colon), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long id))
        {
            error = ApiAnswer.Fail(421, "Misdirected Request: unallowed token specified");
        }
        else if (id is <= 0 or >= TestOffset)
        {
            error = ApiAnswer.Fail(401, "Unauthorized: invalid token specified");
        }
        else
        {
            return new StandInToken(isTest ? id + TestOffset : id, text[(colon + 1)..]);
        }

        return null;
    }
}
