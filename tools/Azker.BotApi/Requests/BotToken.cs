using System.Globalization;

namespace Azker.BotApi.Requests;

/// <summary>A bot's token, taken apart. Its text reaches no log and no answer.</summary>
internal sealed record BotToken(long BotId, string Secret)
{
    private const int MaxLength = 80;
    private const int MinSecretLength = 24;

    /// <summary>The queue of a bot in the test environment is another one.</summary>
    public const long TestOffset = 1L << 54;

    /// <summary>A token whose secret can be nobody's is refused by Telegram, not by the shape of the request.</summary>
    public bool IsWellFormed =>
        Secret.Length >= MinSecretLength && Secret.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');

    public override string ToString() => $"{BotId}:***";

    public static BotToken? Parse(string text, bool isTest, out ApiAnswer? error)
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
            return new BotToken(isTest ? id + TestOffset : id, text[(colon + 1)..]);
        }

        return null;
    }
}
