using System.Text;
using Azker.Azurite;
using Azker.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Hosting;
using Azker.Core.Tests.Shared;
using Azker.PollingFallback.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Telegram.Bot;

namespace Azker.PollingFallback.Tests.Hosting;

public sealed class WebhookRunTests : IAsyncLifetime
{
    private const string Token = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private const string Url = "http://bot.example.com/webhook";

    private readonly TempDirectory _data = new();
    private readonly CancellationTokenSource _stop = new();
    private BotApiServer _server = null!;
    private IdleHost _idleHost = new(Name: null);

    public async ValueTask InitializeAsync() => _server = await BotApiServer.StartAsync(
        new BotApiServerOptions { Local = true, Resolver = (_, _) => Task.FromResult(new[] { System.Net.IPAddress.Loopback }) },
        TimeProvider.System,
        TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _stop.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task A_run_registers_serves_and_removes_the_webhook()
    {
        using IHost host = Create();
        Task run = Run(host);
        await UntilRegistered(run);

        const string update = """{"update_id":7}""";
        RawAnswer answer = await RawHttp.ExchangeAsync(
            Port(host),
            [$"POST /webhook HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: secret\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(update)}\r\n\r\n{update}"]);
        Assert.Equal(200, answer.Status);

        await _stop.CancelAsync();
        await Eventually.Completes(run);
        Assert.Equal("", await RegisteredUrl());
        Assert.False(File.Exists(_data["bot.pid"]));
    }

    [Fact]
    public async Task A_run_leaves_the_webhook_registered_if_the_settings_say_so()
    {
        using IHost host = Create((SettingNames.WebhookDeleteOnShutdown, "false"));
        Task run = Run(host);
        await UntilRegistered(run);

        await _stop.CancelAsync();
        await Eventually.Completes(run);

        Assert.Equal(Url, await RegisteredUrl());
    }

    [Theory]
    [InlineData(null, Url)]
    [InlineData("true", "")]
    public async Task On_a_host_that_stops_idle_programs_a_stop_keeps_the_webhook_unless_the_settings_say_otherwise(string? delete, string registered)
    {
        _idleHost = new IdleHost("Cloud Run");
        using IHost host = Create((SettingNames.WebhookDeleteOnShutdown, delete));
        Task run = Run(host);
        await UntilRegistered(run);

        await _stop.CancelAsync();
        await Eventually.Completes(run);

        Assert.Equal(registered, await RegisteredUrl());
    }

    [Fact]
    public async Task On_a_host_that_stops_idle_programs_a_stop_registers_the_webhook_if_the_run_polled_in_its_place()
    {
        _idleHost = new IdleHost("Cloud Run");
        _server.Faults.Add(new Azker.BotApi.Faults.Fault(Azker.BotApi.Faults.FaultKind.Html) { Method = "setWebhook" });
        using IHost host = Create();
        Task run = Run(host);
        await Eventually.IsTrue(() => run.IsFaulted || _server.Bot(Token).Statistics.Polls > 0, "the run polls");
        _server.Faults.Clear();

        await _stop.CancelAsync();
        await Eventually.Completes(run);

        Assert.Equal(Url, await RegisteredUrl());
    }

    [Fact]
    public async Task With_a_storage_account_such_a_stop_registers_the_webhook_too()
    {
        await using AzuriteServer storage = await AzuriteServer.StartAsync(TestContext.Current.CancellationToken);
        _idleHost = new IdleHost("Azure Container Apps");
        _server.Faults.Add(new Azker.BotApi.Faults.Fault(Azker.BotApi.Faults.FaultKind.Html) { Method = "setWebhook" });
        using IHost host = Create((SettingNames.Storage, storage.ConnectionString), (SettingNames.UpdateLedger, "memory"));
        Task run = Run(host);
        await Eventually.IsTrue(() => run.IsFaulted || _server.Bot(Token).Statistics.Polls > 0, "the run polls", TimeSpan.FromMinutes(2));
        _server.Faults.Clear();

        await _stop.CancelAsync();
        await Eventually.Completes(run);

        Assert.Equal(Url, await RegisteredUrl());
    }

    [Fact]
    public async Task A_second_instance_is_refused_while_the_first_serves()
    {
        using IHost first = Create();
        using IHost second = Create();
        Task run = Run(first);
        await UntilRegistered(run);

        InstanceLockHeldException error = await Assert.ThrowsAsync<InstanceLockHeldException>(() => Eventually.Completes(Run(second)));

        Assert.Contains($"PID {Environment.ProcessId}", error.Message, StringComparison.Ordinal);
        Assert.Equal(Url, await RegisteredUrl());
        await _stop.CancelAsync();
        await Eventually.Completes(run);
    }

    [Fact]
    public async Task While_the_webhook_cannot_be_registered_the_run_polls_and_its_health_says_so()
    {
        _server.Faults.Add(new Azker.BotApi.Faults.Fault(Azker.BotApi.Faults.FaultKind.Html) { Method = "setWebhook" });
        using IHost host = Create();
        Task run = Run(host);
        await Eventually.IsTrue(() => run.IsFaulted || _server.Bot(Token).Statistics.Polls > 0, "the run polls");

        RawAnswer health = await RawHttp.ExchangeAsync(
            Port(host), ["GET /health HTTP/1.1\r\nHost: x\r\n\r\n"]);

        Assert.Equal(200, health.Status);
        Assert.Contains("\"status\":\"degraded\"", health.Body, StringComparison.Ordinal);
        Assert.Contains("\"mode\":\"polling\",\"active\":true", health.Body, StringComparison.Ordinal);
        await _stop.CancelAsync();
        await Eventually.Completes(run);
    }

    private IHost Create(params (string Name, string? Value)[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new (string Name, string? Value)[]
            {
                (SettingNames.TelegramBotToken, Token),
                (SettingNames.TelegramApiUrl, _server.Url),
                (SettingNames.UseWebhook, "true"),
                (SettingNames.WebhookUrl, Url),
                (SettingNames.WebhookSecret, "secret"),
                (SettingNames.WebhookListen, "http://127.0.0.1:0"),
                (SettingNames.DataDirectory, _data.FullPath),
            }.Concat(settings).Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
            .Build();
        return ConsoleHost.CreateReceiving(
            configuration,
            azker => azker.Services
                .AddLogging(logging => logging.SetMinimumLevel(LogLevel.None))
                .AddKeyedSingleton<ReceiverSetup>("", (_, receiver) => receiver.AddSingleton(_idleHost)),
            _ => { });
    }

    private static int Port(IHost host) => new Uri(((WebApplication)host).Urls.First()).Port;

    private async Task Run(IHost host)
    {
        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.WaitForShutdownAsync(_stop.Token);
        await host.Services.GetRequiredKeyedService<ReceiverService>("").ExecuteTask!;
    }

    private async Task UntilRegistered(Task run)
    {
        await Eventually.IsTrue(() => run.IsCompleted || File.Exists(_data["receiver-123456.json"]), "the webhook is registered and recorded");
        Assert.False(run.IsCompleted);
        Assert.Equal(Url, await RegisteredUrl());
    }

    private async Task<string> RegisteredUrl() =>
        (await new TelegramBotClient(new TelegramBotClientOptions(Token, _server.Url)).GetWebhookInfo(TestContext.Current.CancellationToken)).Url;
}
