using System.Text.RegularExpressions;
using Azker.Core.Fallback;

namespace Azker.Core.Tests.Readme;

public sealed partial class WebhookGuideTests
{
    private const string Guide = "WEBHOOK.md";

    /// <summary>The sources of the product and of the stand-in for the Bot API server, with <c>...</c> for each placeholder.</summary>
    private static readonly Lazy<string> Sources = new(() => Placeholder().Replace(
        string.Concat(Pages.Files("*.cs").Concat(Pages.Files("*.resx")).Where(path => !path.StartsWith("tests/", StringComparison.Ordinal)).Select(Pages.Read)), "..."));

    /// <summary>The errors that a Bot API server can report (tdlib/telegram-bot-api, WebhookActor.cpp; tdlib/td, HttpReader.cpp, SslStream.cpp).</summary>
    public static TheoryData<string> Errors =>
    [
        "Wrong response from the webhook: 401 Unauthorized",
        "Wrong response from the webhook: 403 Forbidden",
        "Wrong response from the webhook: 404 Not Found",
        "Wrong response from the webhook: 405 Method Not Allowed",
        "Wrong response from the webhook: 413 Request Entity Too Large",
        "Wrong response from the webhook: 500 Internal Server Error",
        "Wrong response from the webhook: 502 Bad Gateway",
        "Wrong response from the webhook: 301",
        "Read timeout expired",
        "Write timeout expired",
        "Connection refused",
        "Connection timed out",
        "No route to host",
        "Connection reset by peer",
        "Can't connect to the webhook",
        "SSL error {... certificate verify failed}",
        "SSL error {...}",
        "Can't create an SSL connection: ...",
        "Can't create an SSL context: ...",
        "Request Entity Too Large: too many parameters",
        "Unsupported Media Type: unsupported content-encoding",
        "HTTP Version Not Supported",
        "Not Implemented",
    ];

    public static TheoryData<string> SetUpLines =>
        [.. Rows("### What setting it up reports").SelectMany(row => Quoted().Matches(row.Split('|')[1])).Select(quoted => quoted.Groups[1].Value)];

    [Theory]
    [MemberData(nameof(Errors))]
    public void Every_error_that_Telegram_reports_of_a_delivery_is_explained(string message) =>
        Assert.Contains(
            Rows("### What Telegram reports (`last_error_message`)"),
            row => row.Split('|')[1].Contains($"`{message}`", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(SetUpLines))]
    public void Every_line_that_the_set_up_table_quotes_is_in_the_sources(string quoted) =>
        Assert.All(SentenceEnd().Split(quoted), sentence => Assert.Contains(WithPlaceholders(sentence), Sources.Value, StringComparison.Ordinal));

    private static IEnumerable<string> Rows(string heading) =>
        Pages.Section(Guide, heading).Split('\n').Where(row => row.StartsWith("| ", StringComparison.Ordinal));

    /// <summary>A condition in a quoted line stands where the source has a placeholder.</summary>
    private static string WithPlaceholders(string sentence) => Enum.GetNames<WebhookCondition>().Aggregate(
        OuterPlaceholders().Replace(sentence, ""), (text, condition) => text.Replace($"is {condition}.", "is ....", StringComparison.Ordinal));

    [GeneratedRegex(@"\{[^{}\n]*\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<=[a-zA-Z)]\.) ")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"^\.\.\. ?| ?\.\.\.$")]
    private static partial Regex OuterPlaceholders();
}
