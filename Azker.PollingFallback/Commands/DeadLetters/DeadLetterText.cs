using System.Globalization;
using System.Text;
using Azker.Core.Delivery.DeadLetters;
using Azker.PollingFallback.Output;

namespace Azker.PollingFallback.Commands.DeadLetters;

/// <summary>Dead letters as text for people.</summary>
internal static class DeadLetterText
{
    public static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "not known";

    public static string Count(int count) => count == 1 ? "1 dead letter" : string.Create(CultureInfo.InvariantCulture, $"{count} dead letters");

    /// <summary>The raw JSON without its control characters, which a terminal could take for commands.</summary>
    public static string Of(ReadOnlyMemory<byte> raw) => string.Concat(
        Encoding.UTF8.GetString(raw.Span).Select(character => char.IsControl(character) && character is not ('\n' or '\t') ? ' ' : character));

    public static string Of(StoredDeadLetter stored)
    {
        DeadLetter letter = stored.Letter;
        return TextTable.Format(
        [
            ["ID", stored.Id],
            ["Update", letter.UpdateId?.ToString(CultureInfo.InvariantCulture) ?? "not known"],
            ["Kind", letter.Kind ?? "not known"],
            ["Reason", letter.Reason],
            ["Error", letter.ErrorType is null ? "none" : $"{letter.ErrorType}: {letter.Error}"],
            ["Attempts", letter.Attempts.ToString(CultureInfo.InvariantCulture)],
            ["First seen", Time(letter.FirstSeenAt)],
            ["Last attempt", letter.Attempts == 0 ? "none" : Time(letter.LastAttemptAt)],
            ["Given up on", Time(letter.GivenUpAt)],
        ]);
    }
}
