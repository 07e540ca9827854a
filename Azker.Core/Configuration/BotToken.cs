using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Azker.Core.Configuration;

/// <summary>
/// A bot's token. Its text form is masked, so that it can stand in a log or an exception; only <see cref="Reveal"/>
/// gives the real one.
/// </summary>
public sealed partial class BotToken
{
    private readonly string _value;

    private BotToken(string value)
    {
        _value = value;
        BotId = long.Parse(value.AsSpan(0, value.IndexOf(':')), CultureInfo.InvariantCulture);
    }

    /// <summary>The bot's Telegram user id: the digits before the colon.</summary>
    public long BotId { get; }

    /// <summary>The token, and the part of it that is secret: the text after the colon.</summary>
    internal IEnumerable<string> Secrets => [_value, _value[(_value.IndexOf(':') + 1)..]];

    /// <summary>Reads a token as the Bot API server does (tdlib/telegram-bot-api, ClientManager.cpp and Client.cpp).</summary>
    /// <param name="text">
    /// A user id that does not start with 0, a colon and at least 24 of <c>A-Z a-z 0-9 _ -</c>; at most 80 characters.
    /// </param>
    /// <param name="token">The token, when the text is one.</param>
    /// <returns>Whether the text is a token.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out BotToken? token)
    {
        token = text is { Length: <= 80 } && Shape().IsMatch(text) ? new BotToken(text) : null;
        return token is not null;
    }

    /// <summary>The token itself. Never put it into a log, a message, an exception or a command line.</summary>
    /// <returns>The token as Telegram gave it.</returns>
    public string Reveal() => _value;

    /// <summary>The token with its secret part masked, such as <c>123456:***</c>.</summary>
    /// <returns>The masked token.</returns>
    public override string ToString() => $"{BotId}:***";

    [GeneratedRegex(@"^[1-9][0-9]{0,14}:[A-Za-z0-9_-]{24,}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Shape();
}
