using System.Globalization;

namespace Azker.BotApi.Webhooks;

/// <summary>A webhook's URL in the parts that the Bot API server reads. A URL without a scheme has https.</summary>
internal sealed record WebhookUrl(bool IsHttps, string? UserInfo, string Host, int Port, string PathAndQuery)
{
    private const string Separator = "://";

    public static WebhookUrl? Parse(string text)
    {
        int separator = text.IndexOf(Separator, StringComparison.Ordinal);
        string scheme = separator < 0 ? "https" : text[..separator].ToLowerInvariant();
        string rest = separator < 0 ? text : text[(separator + Separator.Length)..];
        if (scheme is not ("http" or "https") || rest.Any(character => char.IsControl(character) || character == ' '))
        {
            return null;
        }

        int end = rest.AsSpan().IndexOfAny("/?#");
        string authority = end < 0 ? rest : rest[..end];
        string path = end < 0 ? "/" : rest[end..];
        int at = authority.LastIndexOf('@');
        string? userInfo = at < 0 ? null : authority[..at];
        bool isHttps = scheme == "https";
        return SplitHost(authority[(at + 1)..], isHttps ? 443 : 80, out string host, out int port)
            ? new WebhookUrl(isHttps, userInfo, host, port, path.StartsWith('/') ? path : $"/{path}")
            : null;
    }

    private static bool SplitHost(string text, int defaultPort, out string host, out int port)
    {
        int colon = text.IndexOf(':', text.StartsWith('[') ? Math.Max(0, text.IndexOf(']', StringComparison.Ordinal)) : 0);
        host = (colon < 0 ? text : text[..colon]).ToLowerInvariant();
        port = defaultPort;
        return IsHost(host)
            && (colon < 0 || int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port))
            && port is > 0 and <= 65535;
    }

    private static bool IsHost(string host) =>
        host.StartsWith('[')
            ? host.EndsWith(']') && host.Length > 2
            : host.Length > 0 && host.All(IsHostCharacter);

    private static bool IsHostCharacter(char character) =>
        !char.IsAscii(character) || char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_';
}
