using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Azker.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Tests.Shared;
using Azker.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Azker.AspNetCore.Tests;

/// <summary>An ASP.NET Core application as a user writes it, at a free port, with a stand-in for the Bot API server that calls its webhooks.</summary>
internal sealed class WebHost : IAsyncDisposable
{
    public const string Token = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    public const string OtherToken = "654321:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB";
    public const string Secret = "the-right-secret";

    private readonly TempDirectory _data = new();
    private WebApplication? _application;

    private WebHost(BotApiServer server) => Server = server;

    public BotApiServer Server { get; }

    public WebApplication Application => _application!;

    public RecordingLoggerProvider Log { get; } = new();

    public HttpClient Http { get; } = new();

    /// <param name="add">Adds the bots.</param>
    /// <param name="map">Maps the endpoints.</param>
    public static async Task<WebHost> StartAsync(Action<IServiceCollection, WebHost> add, Action<WebApplication> map)
    {
        var host = new WebHost(await BotApiServer.StartAsync(
            new BotApiServerOptions { Local = true }, TimeProvider.System, TestContext.Current.CancellationToken));
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders().AddProvider(host.Log);
        builder.WebHost.UseUrls($"http://127.0.0.1:{host.Port}");
        add(builder.Services, host);
        host._application = builder.Build();
        map(host._application);
        await host._application.StartAsync(TestContext.Current.CancellationToken);
        host.Http.BaseAddress = new Uri($"http://127.0.0.1:{host.Port}");
        return host;
    }

    /// <summary>The port, known before the start, since the webhook's URL is a setting.</summary>
    public int Port { get; } = FreePort.Take();

    public void Configure(AzkerOptions options, string token = Token, string path = "/webhook")
    {
        options.Bot.Token = token;
        options.Bot.ApiUrl = new Uri(Server.Url);
        options.Storage.DataDirectory = _data[token[..6]];
        options.Webhook.UseWebhook = true;
        options.Webhook.Url = new Uri($"http://127.0.0.1:{Port}");
        options.Webhook.Path = path;
        options.Webhook.Secret = Secret;
    }

    /// <summary>Writes to a bot as a user, and waits for its answer.</summary>
    public async Task<string> Ask(string text, string token = Token)
    {
        BotApi.Bots.BotAccount bot = Server.Bot(token);
        int before = bot.Sent.Count;
        bot.EnqueueText(5, 5, text);
        await Eventually.IsTrue(() => bot.Sent.Count > before, $"'{text}' is answered");
        return bot.Sent[before].Text!;
    }

    public async Task<HttpStatusCode> Post(string path, string body, string? secret = Secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", secret is null ? [] : [secret]);
        using HttpResponseMessage response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    public string RegisteredUrl(string token = Token) => Server.Bot(token).Webhook.Url;

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.StopAsync(TestContext.Current.CancellationToken);
            await _application.DisposeAsync();
        }

        Http.Dispose();
        await Server.DisposeAsync();
        _data.Dispose();
    }
}
