using Azker.Core.Configuration;

namespace Azker.Core.Webhook;

/// <summary>
/// The header of a health report that says whose report it is, so that a fallback is not misled by a neighbour's report at the same
/// host. Only a program with the bot's token can compare it.
/// </summary>
internal static class BotFingerprint
{
    public const string Header = "Azker-Bot";

    /// <summary>The header's value for a report of one bot; the values of several bots are separated by commas.</summary>
    public static string Of(BotToken token) => Fingerprint.Of(token, "bot", "");

    /// <summary>Whether a report is for a bot. A report without the header says nothing about its bot, and is taken.</summary>
    /// <param name="values">The values of the header; empty if the report has none.</param>
    /// <param name="token">The token of the bot.</param>
    public static bool IsFor(IEnumerable<string> values, BotToken token)
    {
        string[] bots = [.. values.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        return bots.Length == 0 || bots.Contains(Of(token));
    }
}
