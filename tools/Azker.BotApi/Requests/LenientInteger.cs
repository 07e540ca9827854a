namespace Azker.BotApi.Requests;

/// <summary>The Bot API server's reading of a number: an optional minus and the digits that follow; the rest is not looked at.</summary>
internal static class LenientInteger
{
    public static int Parse(ReadOnlySpan<char> text)
    {
        bool isNegative = text.StartsWith('-');
        uint value = 0;
        foreach (char character in isNegative ? text[1..] : text)
        {
            if (!char.IsAsciiDigit(character))
            {
                break;
            }

            value = unchecked(value * 10 + (uint)(character - '0'));
        }

        return unchecked((int)(isNegative ? ~value + 1 : value));
    }
}
