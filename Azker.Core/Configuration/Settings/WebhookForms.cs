using System.Text.RegularExpressions;

namespace Azker.Core.Configuration.Settings;

/// <summary>The forms of the webhook's URLs and texts.</summary>
internal static partial class WebhookForms
{
    public static bool HasNoPath(Uri url) => url.AbsolutePath == "/" && url.Query.Length == 0;

    /// <summary>A URL of scheme, host and port alone.</summary>
    public static SettingFault? CheckOrigin(Uri url, string remedy) => url.PathAndQuery != "/" || url.UserInfo.Length > 0
        ? new SettingFault($"'{url.Scheme}://{url.Authority}' is followed by a path, or preceded by a user name", remedy)
        : null;

    /// <summary>A URL of scheme, host and port, and perhaps a path of plain characters, which holds no token.</summary>
    public static SettingFault? CheckBase(Uri url, string remedy)
    {
        string path = url.AbsolutePath.TrimEnd('/');
        return (path.Length == 0 || PathShape().IsMatch(path)) && url.Query.Length == 0 && url.Fragment.Length == 0 && url.UserInfo.Length == 0
            ? null
            : new SettingFault(
                $"'{url.Scheme}://{url.Authority}' is followed by more than a path of letters, digits and - . _ ~ /, or preceded by a user name", remedy);
    }

    public static SettingFault? CheckPath(string path)
    {
        if (HealthPaths.All.Contains(path))
        {
            return new SettingFault($"'{path}' is the path of the health report", $"choose another path, or leave it out for {WebhookOptions.DefaultPath}");
        }

        string? wrong = path.Split('/').Any(segment => segment is "." or "..")
            ? "has . or .. as a part, which a URL does not keep"
            : PathShape().IsMatch(path) ? null : "is not a path of letters, digits and - . _ ~ / after a first slash";
        return wrong is null ? null : new SettingFault($"'{path}' {wrong}", $"leave it out for {WebhookOptions.DefaultPath}");
    }

    public static SettingFault? CheckSecret(string secret) => SecretShape().IsMatch(secret)
        ? null
        : new SettingFault(
            "its value (not shown here) is not 1 to 256 of the characters A-Z a-z 0-9 _ -",
            "choose another secret, or leave it out: then the secret is derived from the token");

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
        const string remedy = "give scheme, address and port, such as http://127.0.0.1:8080";
        if (CheckOrigin(listen, remedy) is { } fault)
        {
            return fault;
        }

        if (listen.Scheme != Uri.UriSchemeHttp)
        {
            return new SettingFault($"'{listen}' asks for TLS, which is left to a reverse proxy such as nginx or Caddy", remedy);
        }

        return listen.HostNameType == UriHostNameType.Dns && listen.Host != "localhost"
            ? new SettingFault($"'{listen.Host}' is neither an IP address nor localhost", $"{remedy}, or http://0.0.0.0:8080 for all addresses")
            : null;
    }

    public static SettingFault? CheckSchedule(string schedule) => ScheduleForm.FindFault(schedule) is { } wrong
        ? new SettingFault($"'{schedule}' {wrong}", $"leave it out for {WebhookOptions.DefaultGuardSchedule}")
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
