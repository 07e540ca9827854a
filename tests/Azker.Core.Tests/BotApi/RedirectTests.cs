using System.Collections.Concurrent;
using System.Net;
using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Fallback;
using Azker.Core.Infrastructure;
using Azker.Core.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace Azker.Core.Tests.BotApi;

/// <summary>A server that is called may not send the caller, and the token, to another address.</summary>
public sealed class RedirectTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _paths = new();
    private WebApplication _server = null!;

    private Uri Url => new(_server.Urls.Single());

    public async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(Redirect);
        await _server.StartAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_call_of_the_Bot_API_follows_no_redirect()
    {
        BotOptions bot = Settings.Read((SettingNames.TelegramApiUrl, Url.AbsoluteUri)).Bot;
        var race = new AddressRace(Dns.GetHostAddressesAsync, TimeProvider.System);

        await Assert.ThrowsAnyAsync<RequestException>(
            () => BotApiClients.ForReceiving(bot, new NetworkOptions(), race).GetMe(TestContext.Current.CancellationToken));

        Assert.EndsWith("/getMe", Assert.Single(_paths), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_probe_of_the_health_follows_no_redirect()
    {
        AzkerOptions options = Settings.Read((SettingNames.UseWebhook, "true"), (SettingNames.WebhookUrl, Url.AbsoluteUri));
        using var probe = new HttpTargetProbe(options.Webhook, options.Bot, options.Network, Dns.GetHostAddressesAsync, TimeProvider.System);

        Assert.Equal(TargetState.Unknown, (await probe.ProbeAsync(TestContext.Current.CancellationToken)).State);

        Assert.Equal(["/health"], _paths);
    }

    private Task Redirect(HttpContext context)
    {
        _paths.Enqueue(context.Request.Path);
        context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        context.Response.Headers.Location = "/elsewhere";
        return Task.CompletedTask;
    }
}
