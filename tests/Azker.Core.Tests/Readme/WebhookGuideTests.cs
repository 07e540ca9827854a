using System.Runtime.CompilerServices;

namespace Azker.Core.Tests.Readme;

public sealed class WebhookGuideTests
{
    private static readonly string Guide = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here())!, "../../../WEBHOOK.md"));

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

    [Theory]
    [MemberData(nameof(Errors))]
    public void Every_error_that_Telegram_reports_of_a_delivery_is_explained(string message)
    {
        string table = Guide[Guide.IndexOf("### What Telegram reports", StringComparison.Ordinal)..Guide.IndexOf("### What setting it up reports", StringComparison.Ordinal)];

        Assert.Contains(table.Split('\n'), row => row.StartsWith('|') && row.Split('|')[1].Contains($"`{message}`", StringComparison.Ordinal));
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
