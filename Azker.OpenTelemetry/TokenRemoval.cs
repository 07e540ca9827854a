using System.Diagnostics;
using System.Text.RegularExpressions;
using OpenTelemetry;

namespace Azker.OpenTelemetry;

/// <summary>
/// Removes the token of a bot from the URL of a span. Azker's own calls have spans without a URL; this is for an HTTP client of a handler
/// that calls the Bot API server by itself, such as to download a file.
/// </summary>
internal sealed partial class TokenRemoval : BaseProcessor<Activity>
{
    private static readonly string[] UrlTags = ["url.full", "url.path", "http.url"];

    public override void OnEnd(Activity data)
    {
        foreach (string tag in UrlTags)
        {
            if (data.GetTagItem(tag) is string url && TokenInUrl().IsMatch(url))
            {
                data.SetTag(tag, TokenInUrl().Replace(url, "/bot<token>"));
            }
        }
    }

    /// <summary>A token is the bot's id, a colon and a secret; a client may have escaped the colon.</summary>
    [GeneratedRegex("/bot[0-9]+(:|%3A)[^/?#]+", RegexOptions.IgnoreCase)]
    private static partial Regex TokenInUrl();
}
