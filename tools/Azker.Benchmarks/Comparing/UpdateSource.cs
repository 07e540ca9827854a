using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Azker.Benchmarks.Comparing;

/// <summary>A Bot API server that answers every poll at once with 100 updates from the offset on.</summary>
internal sealed class UpdateSource : IAsyncDisposable
{
    private const int UpdatesPerAnswer = 100;

    private readonly WebApplication _server;
    private readonly int _chats;
    private string _webhook = "";

    private UpdateSource(WebApplication server, int chats) => (_server, _chats) = (server, chats);

    public string Url => _server.Urls.Single();

    public static async Task<UpdateSource> StartAsync(int chats)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var source = new UpdateSource(builder.Build(), chats);
        source._server.Map("/{bot}/{method}", source.AnswerAsync);
        await source._server.StartAsync();
        return source;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        byte[] answer = (string)context.Request.RouteValues["method"]! switch
        {
            "getUpdates" => Encoding.UTF8.GetBytes(Updates(await OffsetAsync(context.Request))),
            "setWebhook" => await SetWebhookAsync(context.Request),
            "getWebhookInfo" => Encoding.UTF8.GetBytes($$$"""{"ok":true,"result":{"url":"{{{_webhook}}}","has_custom_certificate":false,"pending_update_count":0}}"""),
            "getMe" => """{"ok":true,"result":{"id":123456,"is_bot":true,"first_name":"Bot","username":"example_bot"}}"""u8.ToArray(),
            _ => """{"ok":true,"result":true}"""u8.ToArray(),
        };
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer, context.RequestAborted);
    }

    private static async Task<int> OffsetAsync(HttpRequest request)
    {
        using JsonDocument parameters = await JsonDocument.ParseAsync(request.Body);
        return parameters.RootElement.TryGetProperty("offset", out JsonElement offset) && offset.GetInt32() >= SampleUpdates.FirstId
            ? offset.GetInt32() - SampleUpdates.FirstId
            : 0;
    }

    private async Task<byte[]> SetWebhookAsync(HttpRequest request)
    {
        using JsonDocument parameters = await JsonDocument.ParseAsync(request.Body);
        _webhook = parameters.RootElement.GetProperty("url").GetString()!;
        return """{"ok":true,"result":true}"""u8.ToArray();
    }

    private string Updates(int first)
    {
        var answer = new StringBuilder("{\"ok\":true,\"result\":[", UpdatesPerAnswer * 400);
        for (int number = first; number < first + UpdatesPerAnswer; number++)
        {
            answer.Append(CultureInfo.InvariantCulture, $"{(number == first ? "" : ",")}").Append(SampleUpdates.Message(number, _chats));
        }

        return answer.Append("]}").ToString();
    }
}
