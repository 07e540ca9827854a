using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Azker.Core.Configuration;

/// <summary>
/// Reads settings by name, gives the default for a faulty one, and keeps every fault, so that all of them can be told
/// at once.
/// </summary>
internal sealed partial class SettingsReader(IConfiguration configuration)
{
    private readonly List<string> _faults = [];
    private readonly List<string> _names = [];

    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The names asked for so far: the whole of what can be set.</summary>
    public IReadOnlyList<string> Names => _names;

    public string? Text(string name)
    {
        _names.Add(name);
        string? text = configuration[name.Replace("__", ":", StringComparison.Ordinal)]?.Trim();
        return string.IsNullOrEmpty(text) ? null : text;
    }

    public bool Flag(string name, bool defaultValue) => OptionalFlag(name) ?? defaultValue;

    public bool? OptionalFlag(string name)
    {
        string? text = Text(name);
        switch (text?.ToUpperInvariant())
        {
            case null:
                return null;
            case "TRUE" or "1" or "YES" or "ON":
                return true;
            case "FALSE" or "0" or "NO" or "OFF":
                return false;
            default:
                Fault(name, $"'{text}' is neither true nor false", "set it to true or false");
                return null;
        }
    }

    public int Integer(string name, int defaultValue, int minimum, int maximum)
    {
        if (Text(name) is not { } text)
        {
            return defaultValue;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= minimum && value <= maximum)
        {
            return value;
        }

        Fault(name, $"'{text}' is not a whole number from {minimum} to {maximum}", $"leave it out for {defaultValue}");
        return defaultValue;
    }

    public TimeSpan Seconds(string name, double defaultValue, double minimum, double maximum)
    {
        if (Text(name) is not { } text)
        {
            return TimeSpan.FromSeconds(defaultValue);
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out double value)
            && value >= minimum && value <= maximum)
        {
            return TimeSpan.FromSeconds(value);
        }

        Fault(name, FormattableString.Invariant($"'{text}' is not a number of seconds from {minimum} to {maximum}"),
            FormattableString.Invariant($"leave it out for {defaultValue}"));
        return TimeSpan.FromSeconds(defaultValue);
    }

    public Uri? HttpUrl(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps))
        {
            return url;
        }

        string wrong = MayHoldSecret().IsMatch(text) ? "its value (not shown here)" : $"'{text}'";
        Fault(name, $"{wrong} is not an http or https URL", "give the whole URL, such as https://bot.example.com");
        return null;
    }

    public void Fault(string name, string wrong, string remedy) => _faults.Add($"{name}: {wrong}; {remedy}.");

    /// <summary>A bot's token, a user's password, a connection string or a shared access signature, put where a URL belongs.</summary>
    [GeneratedRegex("[0-9]:[A-Za-z0-9_-]{24}|@|AccountKey|SharedAccess|sig=", RegexOptions.IgnoreCase)]
    private static partial Regex MayHoldSecret();
}
