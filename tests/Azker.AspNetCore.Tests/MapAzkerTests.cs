using System.Net;
using System.Text.Json;
using Azker.Core.Hosting;
using Azker.Core.Status;
using Azker.Core.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace Azker.AspNetCore.Tests;

public sealed class MapAzkerTests
{
    [Fact]
    public async Task An_application_serves_the_webhook_beside_its_own_endpoints()
    {
        await using WebHost host = await WebHost.StartAsync(
            (services, web) => services.AddAzker(options => web.Configure(options)).AddSampleBot(),
            application =>
            {
                application.MapGet("/", () => "my own page");
                application.MapAzker();
            });

        Assert.Equal("pong x", await host.Ask("/ping x"));
        Assert.Equal("my own page", await host.Http.GetStringAsync("/", TestContext.Current.CancellationToken));
        Assert.Equal($"http://127.0.0.1:{host.Port}/webhook", host.RegisteredUrl());
        using JsonDocument health = await Health(host, "/health");
        Assert.Equal("ok", health.RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_stop_finishes_the_request_in_flight_and_then_removes_the_webhook()
    {
        var started = new TaskCompletionSource();
        var work = new TaskCompletionSource();
        string? urlAtTheEnd = null;
        await using WebHost host = await WebHost.StartAsync(
            (services, web) => services.AddAzker(options => web.Configure(options)).AddHandler(async (Update update, ITelegramBotClient bot) =>
            {
                started.SetResult();
                await work.Task;
                urlAtTheEnd = web.RegisteredUrl();
                await bot.SendMessage(update.Message!.Chat.Id, "finished");
            }),
            application => application.MapAzker());
        Task<string> answer = host.Ask("work");
        await Eventually.Completes(started.Task);

        Task stop = host.Application.StopAsync(TestContext.Current.CancellationToken);
        await Eventually.IsTrue(() => host.Log.Of<WebhookRun>(7002).Any(), "the bot waits for the request in flight");
        await CallTelegramOften(host);
        work.SetResult();

        Assert.Equal("finished", await Eventually.Completes(answer));
        await Eventually.Completes(stop);
        Assert.Equal($"http://127.0.0.1:{host.Port}/webhook", urlAtTheEnd);
        Assert.Equal("", host.RegisteredUrl());
    }

    [Theory]
    [InlineData("/webhook", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("/webhook", null, HttpStatusCode.Unauthorized)]
    [InlineData("/webhook", WebHost.Secret, HttpStatusCode.OK)]
    [InlineData("/WEBHOOK", WebHost.Secret, HttpStatusCode.NotFound)]
    [InlineData("/webhook/", WebHost.Secret, HttpStatusCode.NotFound)]
    public async Task A_request_needs_the_exact_path_and_the_secret(string path, string? secret, HttpStatusCode status)
    {
        await using WebHost host = await WebHost.StartAsync(
            (services, web) => services.AddAzker(options => web.Configure(options)).AddSampleBot(),
            application => application.MapAzker());

        Assert.Equal(status, await host.Post(path, """{"update_id":7}""", secret));
    }

    [Fact]
    public async Task A_body_over_1_MiB_is_refused_while_the_applications_own_endpoints_take_it()
    {
        await using WebHost host = await WebHost.StartAsync(
            (services, web) => services.AddAzker(options => web.Configure(options)).AddSampleBot(),
            application =>
            {
                application.MapPost("/upload", async (HttpRequest request) =>
                {
                    await request.Body.CopyToAsync(Stream.Null);
                    return "taken";
                });
                application.MapAzker();
            });
        string body = new(' ', (1024 * 1024) + 1);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await host.Post("/webhook", body));
        Assert.Equal(HttpStatusCode.OK, await host.Post("/upload", body));
    }

    [Fact]
    public async Task Two_bots_share_one_host_each_with_its_own_path_and_health()
    {
        await using WebHost host = await WebHost.StartAsync(
            (services, web) =>
            {
                services.AddAzker("sales", options => web.Configure(options, path: "/sales/webhook")).AddHandler(
                    (Update update, [FromKeyedServices("sales")] ITelegramBotClient bot) => bot.SendMessage(update.Message!.Chat.Id, "sales"));
                services.AddAzker("support", options => web.Configure(options, WebHost.OtherToken, "/support/webhook")).AddSampleBot();
            },
            application => application.MapAzker());

        Assert.Equal("sales", await host.Ask("/ping"));
        Assert.Equal("pong", await host.Ask("/ping", WebHost.OtherToken));
        Assert.EndsWith("/sales/webhook", host.RegisteredUrl(), StringComparison.Ordinal);
        Assert.EndsWith("/support/webhook", host.RegisteredUrl(WebHost.OtherToken), StringComparison.Ordinal);

        host.Server.Bot(WebHost.OtherToken).Revoke();
        using JsonDocument sales = await Health(host, "/sales/health");
        Assert.True(sales.RootElement.GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task Probes_have_paths_of_their_own()
    {
        await using WebHost host = await WebHost.StartAsync(
            (services, web) => services.AddAzker(options => web.Configure(options)).AddSampleBot(),
            application => application.MapAzker());
        await host.Ask("/ping");

        Assert.Equal("ok 200, live 200, ready 200", await Probes(host));
        Assert.Equal("""{"status":"ok"}""", await host.Http.GetStringAsync("/health/live", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Of_two_bots_that_are_not_active_the_health_shows_the_bot_that_is_down_before_the_standby()
    {
        await using WebHost host = await WebHost.StartAsync(
            (services, web) =>
            {
                services.AddAzker("sales", options => web.Configure(options, path: "/sales/webhook")).AddSampleBot();
                services.AddAzker("support", options => web.Configure(options, WebHost.OtherToken, "/support/webhook")).AddSampleBot();
                services.RemoveAll<IHostedService>();
            },
            application => application.MapAzker());

        host.Application.Services.GetRequiredKeyedService<AzkerBot>("sales").Status.Standby = new ReceiverStandby(ReceiverMode.Webhook, "Why.");

        Assert.Equal("down 503, live 200, ready 503", await Probes(host));
        Assert.Equal("standby 200, live 200, ready 200", await Probes(host, "/sales/health"));
        Assert.Equal("down 503, live 200, ready 503", await Probes(host, "/support/health"));
    }

    [Fact]
    public void Two_bots_with_one_path_are_refused_by_their_names()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        foreach (string name in new[] { "sales", "support" })
        {
            builder.Services.AddAzker(name, options =>
            {
                options.Bot.Token = WebHost.Token;
                options.Webhook.UseWebhook = true;
                options.Webhook.Url = new Uri("https://bot.example.com");
            });
        }

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => builder.Build().MapAzker());

        Assert.Equal("The bots 'sales' and 'support' have the same WEBHOOK_PATH, '/webhook'. Give each bot a path of its own.", error.Message);
    }

    [Fact]
    public void Without_a_bot_MapAzker_says_what_to_call()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => WebApplication.CreateBuilder().Build().MapAzker());

        Assert.Contains("AddAzker(builder.Configuration)", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Gives a bot that does not wait the time to delete its webhook, which takes two calls.</summary>
    private static async Task CallTelegramOften(WebHost host)
    {
        var client = new TelegramBotClient(new TelegramBotClientOptions(WebHost.Token, host.Server.Url));
        for (int call = 0; call < 50; call++)
        {
            await client.GetMe(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_report_says_by_a_fingerprint_whose_it_is_and_names_no_bot()
    {
        await using WebHost host = await WebHost.StartAsync(
            (services, web) =>
            {
                services.AddAzker("sales", options => web.Configure(options, path: "/sales/webhook")).AddSampleBot();
                services.AddAzker("support", options => web.Configure(options, WebHost.OtherToken, "/support/webhook")).AddSampleBot();
            },
            application => application.MapAzker());

        string sales = await Header("/sales/health");
        string support = await Header("/support/health/ready");

        Assert.Matches("^[0-9a-f]{16}$", sales);
        Assert.Matches("^[0-9a-f]{16}$", support);
        Assert.NotEqual(sales, support);
        Assert.Equal($"{sales}, {support}", await Header("/health"));

        async Task<string> Header(string path)
        {
            using HttpResponseMessage response = await host.Http.GetAsync(path, TestContext.Current.CancellationToken);
            return string.Join(", ", response.Headers.GetValues("Azker-Bot"));
        }
    }

    private static async Task<string> Probes(WebHost host, string path = "/health")
    {
        using JsonDocument health = await Health(host, path);
        return $"{health.RootElement.GetProperty("status")} {await Status("")}, live {await Status("/live")}, ready {await Status("/ready")}";

        async Task<int> Status(string part)
        {
            using HttpResponseMessage response = await host.Http.GetAsync(path + part, TestContext.Current.CancellationToken);
            return (int)response.StatusCode;
        }
    }

    private static async Task<JsonDocument> Health(WebHost host, string path)
    {
        using HttpResponseMessage response = await host.Http.GetAsync(path, TestContext.Current.CancellationToken);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
