using System.Globalization;
using System.Text;
using Azker.Core.Delivery.DeadLetters;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;

namespace Azker.PollingFallback.Commands.DeadLetters;

/// <summary>Dead letters as text for people.</summary>
internal static class DeadLetterText
{
    public static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? Texts.NotKnown;

    public static string Count(int count) => count == 1 ? Texts.DeadLetterOne : Texts.FormatDeadLetterCount(count);

    /// <summary>The raw JSON without its control characters, which a terminal could take for commands.</summary>
    public static string Of(ReadOnlyMemory<byte> raw) => string.Concat(
        Encoding.UTF8.GetString(raw.Span).Select(character => char.IsControl(character) && character is not ('\n' or '\t') ? ' ' : character));

    public static string Of(StoredDeadLetter stored)
    {
        DeadLetter letter = stored.Letter;
        return TextTable.Format(
        [
            ["ID", stored.Id],
            [Texts.ParkedUpdate, letter.UpdateId?.ToString(CultureInfo.InvariantCulture) ?? Texts.NotKnown],
            [Texts.ParkedKind, letter.Kind ?? Texts.NotKnown],
            [Texts.DeadLetterReason, letter.Reason],
            [Texts.DeadLetterError, letter.ErrorType is null ? Texts.None : $"{letter.ErrorType}: {letter.Error}"],
            [Texts.DeadLetterAttempts, letter.Attempts.ToString(CultureInfo.InvariantCulture)],
            [Texts.DeadLetterFirstSeen, Time(letter.FirstSeenAt)],
            [Texts.DeadLetterLastAttempt, letter.Attempts == 0 ? Texts.None : Time(letter.LastAttemptAt)],
            [Texts.DeadLetterGivenUp, Time(letter.GivenUpAt)],
        ]);
    }
}
