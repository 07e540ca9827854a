using F23.StringSimilarity;

namespace Azker.PollingFallback.Settings;

/// <summary>Finds the setting that a name with a slip was meant to be, such as <c>WEBHOK_URL</c> or <c>TELEGRAM_TOKEN</c>.</summary>
internal sealed class SimilarNames(IReadOnlyCollection<string> known)
{
    /// <summary>A shorter name is similar to too many others.</summary>
    private const int MinLength = 8;

    /// <summary>Two letters changed, left out, added or exchanged.</summary>
    private const int MaxSlips = 2;

    private static readonly Damerau Distance = new();

    /// <returns>The setting; <see langword="null"/> if the name is a setting itself, or similar to none.</returns>
    public string? Find(string name) => name.Length < MinLength || known.Contains(name, StringComparer.OrdinalIgnoreCase)
        ? null
        : known.Where(setting => IsSlip(name, setting)).MinBy(setting => Distance.Distance(Plain(name), Plain(setting)));

    private static bool IsSlip(string name, string setting) =>
        Distance.Distance(Plain(name), Plain(setting)) <= MaxSlips || HasOneWordMore(name, setting) || HasOneWordMore(setting, name);

    /// <summary>Whether the first name has the words of the second name and one more, in the same order.</summary>
    private static bool HasOneWordMore(string longer, string shorter)
    {
        string[] words = Plain(longer).Split('_');
        string[] fewer = Plain(shorter).Split('_');
        return fewer.Length >= 2
            && words.Length == fewer.Length + 1
            && Enumerable.Range(0, words.Length).Any(left => words.Where((_, index) => index != left).SequenceEqual(fewer));
    }

    private static string Plain(string name) => name.ToUpperInvariant();
}
