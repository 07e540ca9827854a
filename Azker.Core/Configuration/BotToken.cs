using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Azker.Core.Configuration;

/// <summary>
/// A bot's token, or a text that was given as a token. Its text form is masked and may appear in a log or an exception;
/// only <see cref="Reveal"/> gives the token itself.
/// </summary>
public sealed partial class BotToken
{
    private readonly string _value;

    private BotToken(string value)
    {
        _value = value;
        IsValid = value.Length <= 80 && Shape().IsMatch(value);
        BotId = IsValid ? long.Parse(value.AsSpan(0, value.IndexOf(':')), CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>No token: the empty text.</summary>
    public static BotToken None { get; } = new("");

    /// <summary>
    /// Whether the text is a token, by the rules of the Bot API server (tdlib/telegram-bot-api, ClientManager.cpp and
    /// Client.cpp): a user id that does not start with 0, a colon and at least 24 of <c>A-Z a-z 0-9 _ -</c>; at most 80
    /// characters.
    /// </summary>
    public bool IsValid { get; }

    /// <summary>The bot's Telegram user id: the digits before the colon. 0 when the token is not valid.</summary>
    public long BotId { get; }

    /// <summary>The token, and its secret part: the text after the colon.</summary>
    internal IEnumerable<string> Secrets => [_value, _value[(_value.IndexOf(':') + 1)..]];

    /// <summary>Takes a text as a token, as it is. The validation of the options checks <see cref="IsValid"/>.</summary>
    /// <param name="text">The token that @BotFather gave; <see langword="null"/> or empty for <see cref="None"/>.</param>
    public static implicit operator BotToken(string? text) => string.IsNullOrEmpty(text) ? None : new BotToken(text);

    /// <summary>Reads a token.</summary>
    /// <param name="text">The token that @BotFather gave.</param>
    /// <param name="token">The token, when the text is one (<see cref="IsValid"/>).</param>
    /// <returns>Whether the text is a token.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out BotToken? token)
    {
        BotToken taken = text;
        token = taken.IsValid ? taken : null;
        return token is not null;
    }

    /// <summary>The token itself. Never put it into a log, a message, an exception or a command line.</summary>
    /// <returns>The token as it was given.</returns>
    public string Reveal() => _value;

    /// <summary>The token with its secret part masked.</summary>
    /// <returns>
    /// A text such as <c>123456:***</c>; <c>***</c> when the token is not valid, and an empty text for <see cref="None"/>.
    /// </returns>
    public override string ToString() => this switch
    {
        { IsValid: true } => $"{BotId}:***",
        { _value: "" } => "",
        _ => "***",
    };

    [GeneratedRegex(@"^[1-9][0-9]{0,14}:[A-Za-z0-9_-]{24,}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Shape();
}
