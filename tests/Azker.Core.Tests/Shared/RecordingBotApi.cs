using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Telegram.Bot;

namespace Azker.Core.Tests.Shared;

/// <summary>A Bot API server within the process, which records the calls and answers each with <c>true</c>.</summary>
internal sealed class RecordingBotApi : HttpMessageHandler
{
    public RecordingBotApi() => Client = new TelegramBotClient("123456789:token", new HttpClient(this));

    public ITelegramBotClient Client { get; }

    /// <summary>The calls: the method and the body.</summary>
    public ConcurrentQueue<(string Method, string Body)> Calls { get; } = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Calls.Enqueue((request.RequestUri!.Segments[^1], body));
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"ok":true,"result":true}""", Encoding.UTF8, "application/json") };
    }
}
