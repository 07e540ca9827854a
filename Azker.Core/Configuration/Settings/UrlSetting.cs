using System.Linq.Expressions;
using System.Text.RegularExpressions;

namespace Azker.Core.Configuration.Settings;

/// <summary>A setting that is an http or https URL.</summary>
/// <param name="name">The name.</param>
/// <param name="property">The option.</param>
/// <param name="check">Finds the fault of a URL, beyond its scheme.</param>
/// <param name="complete">Makes a whole URL of a shorter form.</param>
internal sealed partial class UrlSetting(
    string name, Expression<Func<AzkerOptions, Uri?>> property, Func<Uri, SettingFault?>? check = null, Func<string, string>? complete = null)
    : TypedSetting<Uri?>(name, property)
{
    protected override Uri? Parse(string text, AzkerOptions options, out SettingFault? fault)
    {
        fault = Uri.TryCreate(complete?.Invoke(text) ?? text, UriKind.Absolute, out Uri? url) && IsHttp(url) ? null : Fault(text);
        return url;
    }

    protected override SettingFault? Check(Uri? value, string text, AzkerOptions options) => value switch
    {
        null => null,
        _ when IsHttp(value) => check?.Invoke(value),
        _ => Fault(text),
    };

    protected override string Show(Uri? value) => value?.OriginalString ?? "";

    private static bool IsHttp(Uri url) => url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);

    private static SettingFault Fault(string text) => new(
        MayHoldSecret().IsMatch(text) ? SettingTexts.NotUrlHidden : SettingTexts.FormatNotUrl(text), SettingTexts.GiveUrl);

    /// <summary>A bot's token, a user's password, a connection string or a shared access signature, put where a URL belongs.</summary>
    [GeneratedRegex("[0-9]:[A-Za-z0-9_-]{24}|@|AccountKey|SharedAccess|sig=", RegexOptions.IgnoreCase)]
    private static partial Regex MayHoldSecret();
}
