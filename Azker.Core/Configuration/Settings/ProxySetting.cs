using System.Linq.Expressions;

namespace Azker.Core.Configuration.Settings;

/// <summary>A setting that is the URL of a proxy. No fault shows it, because it may contain a password.</summary>
internal sealed class ProxySetting(string name, Expression<Func<AzkerOptions, Uri?>> property) : TypedSetting<Uri?>(name, property)
{
    private const string Separator = "://";

    private static readonly string[] Schemes = ["http", "https", "socks4", "socks4a", "socks5"];

    protected override Uri? Parse(string text, AzkerOptions options, out SettingFault? fault)
    {
        fault = Uri.TryCreate(Complete(text), UriKind.Absolute, out Uri? proxy) ? null : Fault(SettingTexts.ProxyNotUrl);
        return proxy;
    }

    protected override SettingFault? Check(Uri? value, string text, AzkerOptions options) => value switch
    {
        null => null,
        { IsAbsoluteUri: false } => Fault(SettingTexts.ProxyNotWhole),
        _ when !Schemes.Contains(value.Scheme) => Fault(SettingTexts.FormatProxyScheme(value.Scheme, string.Join(", ", Schemes))),
        { Host: "" } => Fault(SettingTexts.ProxyNoHost),
        { Port: <= 0 } => Fault(SettingTexts.ProxyNoPort),
        _ when value.PathAndQuery.Trim('/').Length > 0 || value.Fragment.Length > 0 => Fault(SettingTexts.ProxyWithPath),
        _ => null,
    };

    protected override string Show(Uri? value) => "";

    /// <summary>Takes the forms of curl and of desktops too: without a scheme, <c>socks5h</c> (.NET lets the proxy resolve names anyway) and <c>socks</c>.</summary>
    private static string Complete(string text)
    {
        string whole = text.Contains(Separator, StringComparison.Ordinal) ? text : $"http{Separator}{text}";
        string scheme = whole[..whole.IndexOf(Separator, StringComparison.Ordinal)];
        return scheme.ToUpperInvariant() is "SOCKS5H" or "SOCKS" ? $"socks5{whole[scheme.Length..]}" : whole;
    }

    private static SettingFault Fault(string wrong) => new(wrong, SettingTexts.GiveProxy);
}
