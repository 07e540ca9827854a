using System.Text.Json;
using System.Text.RegularExpressions;

namespace Azker.Core.Updates;

/// <summary>Hides what a user wrote in a text for the log, such as the message of an exception that quotes it.</summary>
internal static partial class UpdateTexts
{
    private const string Hidden = "***";

    /// <summary>A shorter text may be a part of many words, so it is hidden only where it stands alone.</summary>
    private const int ShortLength = 12;

    /// <summary>The members of an update with texts of users.</summary>
    private static readonly HashSet<string> Members =
    [
        "text", "caption", "data", "query", "question", "explanation", "title", "name", "first_name", "last_name", "username",
        "phone_number", "email", "invoice_payload", "payload",
    ];

    /// <param name="text">The text for the log.</param>
    /// <param name="raw">The update's JSON in UTF-8.</param>
    /// <returns>The text without the texts of the update, and without quotations from them.</returns>
    public static string Hide(string text, ReadOnlySpan<byte> raw)
    {
        List<string> written = Read(raw);
        string hidden = written.OrderByDescending(part => part.Length).Aggregate(text, Hide);
        return Quotation().Replace(hidden, quotation => written.Exists(part => part.Contains(quotation.Groups["quoted"].Value, StringComparison.Ordinal))
            ? $"{quotation.Groups["open"].Value}{Hidden}{quotation.Groups["close"].Value}"
            : quotation.Value);
    }

    private static string Hide(string text, string written) => written.Length >= ShortLength
        ? text.Replace(written, Hidden, StringComparison.Ordinal)
        : Regex.Replace(text, $@"(?<![\p{{L}}\p{{N}}]){Regex.Escape(written)}(?![\p{{L}}\p{{N}}])", Hidden, RegexOptions.CultureInvariant);

    private static List<string> Read(ReadOnlySpan<byte> raw)
    {
        var written = new List<string>();
        try
        {
            var reader = new Utf8JsonReader(raw);
            string? member = null;
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.String && member is not null && Members.Contains(member) && reader.GetString()?.Trim() is { Length: > 0 } value)
                {
                    written.Add(value);
                }

                member = reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null;
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The JSON is broken; what was read before is hidden.
        }

        return written;
    }

    [GeneratedRegex("(?<open>['\"“‘])(?<quoted>[^'\"“”‘’]+)(?<close>['\"”’])")]
    private static partial Regex Quotation();
}
