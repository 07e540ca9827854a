namespace Azker.BotApi.Requests;

/// <summary>Parses a number as the Bot API server does: an optional minus and the digits after it. The rest is ignored.</summary>
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
