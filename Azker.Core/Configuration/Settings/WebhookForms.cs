using System.Text.RegularExpressions;

namespace Azker.Core.Configuration.Settings;

/// <summary>The forms of the webhook's URLs and texts.</summary>
internal static partial class WebhookForms
{
    public static bool HasNoPath(Uri url) => url.AbsolutePath == "/" && url.Query.Length == 0;

    /// <summary>A URL of scheme, host and port alone.</summary>
    public static SettingFault? CheckOrigin(Uri url, string remedy) => url.PathAndQuery != "/" || url.UserInfo.Length > 0
        ? new SettingFault(SettingTexts.FormatOriginFollowed($"{url.Scheme}://{url.Authority}"), remedy)
        : null;

    /// <summary>A URL of scheme, host and port, and perhaps a path of plain characters, which holds no token.</summary>
    public static SettingFault? CheckBase(Uri url, string remedy)
    {
        string path = url.AbsolutePath.TrimEnd('/');
        return (path.Length == 0 || PathShape().IsMatch(path)) && url.Query.Length == 0 && url.Fragment.Length == 0 && url.UserInfo.Length == 0
            ? null
            : new SettingFault(SettingTexts.FormatBaseFollowed($"{url.Scheme}://{url.Authority}"), remedy);
    }

    public static SettingFault? CheckPath(string path)
    {
        if (HealthPaths.All.Contains(path))
        {
            return new SettingFault(SettingTexts.FormatHealthPathTaken(path), SettingTexts.FormatChooseOtherPath(WebhookOptions.DefaultPath));
        }

        string? wrong = path.Split('/').Any(segment => segment is "." or "..")
            ? SettingTexts.FormatPathDots(path)
            : PathShape().IsMatch(path) ? null : SettingTexts.FormatNotPath(path);
        return wrong is null ? null : new SettingFault(wrong, SettingTexts.FormatLeaveOutFor(WebhookOptions.DefaultPath));
    }

    public static SettingFault? CheckSecret(string secret) => SecretShape().IsMatch(secret)
        ? null
        : new SettingFault(SettingTexts.SecretCharacters, SettingTexts.ChooseSecret);

    /// <summary>Makes a URL of a port, of an address and a port, or of the * or + that stands for all addresses.</summary>
    public static string CompleteListen(string text) => text switch
    {
        _ when PortShape().Match(text) is { Success: true } port => $"http://[::]:{port.Groups["port"].Value}",
        _ when AnyAddressShape().Match(text) is { Success: true } any => $"http://[::]{any.Groups["rest"].Value}",
        _ when AddressShape().IsMatch(text) => $"http://{text}",
        _ => text,
    };

    public static SettingFault? CheckListen(Uri listen)
    {
        if (CheckOrigin(listen, SettingTexts.GiveListen) is { } fault)
        {
            return fault;
        }

        if (listen.Scheme != Uri.UriSchemeHttp)
        {
            return new SettingFault(SettingTexts.FormatListenTls(listen), SettingTexts.GiveListen);
        }

        return listen.HostNameType == UriHostNameType.Dns && listen.Host != "localhost"
            ? new SettingFault(SettingTexts.FormatListenHost(listen.Host), SettingTexts.GiveListenAll)
            : null;
    }

    public static SettingFault? CheckSchedule(string schedule) => ScheduleForm.FindFault(schedule) is { } wrong
        ? new SettingFault(wrong, SettingTexts.FormatLeaveOutFor(WebhookOptions.DefaultGuardSchedule))
        : null;

    [GeneratedRegex(@"^(/[A-Za-z0-9._~-]+)+\z", RegexOptions.NonBacktracking)]
    private static partial Regex PathShape();

    [GeneratedRegex(@"^:?(?<port>[0-9]+)\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PortShape();

    [GeneratedRegex(@"^(http://)?[*+](?<rest>(:[0-9]+)?/?)\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex AnyAddressShape();

    [GeneratedRegex(@"^[^/@]+:[0-9]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex AddressShape();

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,256}\z", RegexOptions.NonBacktracking)]
    private static partial Regex SecretShape();
}
