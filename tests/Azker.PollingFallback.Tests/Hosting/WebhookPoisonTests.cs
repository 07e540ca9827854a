using System.Collections.Concurrent;
using Azker.BotApi;
using Azker.BotApi.Bots;
using Azker.BotApi.Statistics;
using Azker.Core.Configuration;
using Azker.Core.Handling;
using Azker.Core.Tests.Shared;
using Azker.Core.Updates;
using Azker.PollingFallback.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Telegram.Bot;

namespace Azker.PollingFallback.Tests.Hosting;

/// <summary>The stand-in pushes updates of failing chats and of healthy chats to the console's server.</summary>
/// <remarks>
/// Telegram delivers for at most twice as many chats as it has connections, here 80: so 80 failing chats would keep all other chats
/// waiting if they were not parked.
/// </remarks>
public sealed class WebhookPoisonTests : IAsyncLifetime
{
    private const string Token = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private const string Secret = "the-right-secret";
    private const int FirstHealthyChat = 1001;

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly TempDirectory _data = new();
    private readonly ConcurrentQueue<ReceivedUpdate> _handled = new();
    private BotApiServer _server = null!;
    private WebApplication _host = null!;
    private int _failedAttempts;

    private BotAccount Bot => _server.Bot(Token);

    public async ValueTask InitializeAsync()
    {
        _server = await BotApiServer.StartAsync(new BotApiServerOptions { Local = true }, _time, TestContext.Current.CancellationToken);
        _host = CreateHost();
        await _host.StartAsync(TestContext.Current.CancellationToken);
        await new TelegramBotClient(new TelegramBotClientOptions(Token, _server.Url)).SetWebhook(
            $"http://127.0.0.1:{new Uri(_host.Urls.First()).Port}/webhook", maxConnections: 40, secretToken: Secret, cancellationToken: TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _host.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task Eighty_failing_chats_keep_no_healthy_chat_among_them_waiting_until_their_attempts_are_over()
    {
        for (int i = 0; i < 20; i++)
        {
            Write(Enumerable.Range((4 * i) + 1, 4));
            Write([FirstHealthyChat + i]);
        }

        await PassUntil(() => _handled.Count == 20, "the healthy chats are answered");

        Assert.InRange(_failedAttempts, 80, (80 * 5) - 1);
        await AssertAllAreSettled();
    }

    [Fact]
    public async Task Healthy_chats_after_80_failing_chats_are_served_before_the_attempts_of_those_are_over()
    {
        Write(Enumerable.Range(1, 80));
        Write(Enumerable.Range(FirstHealthyChat, 20));

        await PassUntil(() => _handled.Count == 20, "the healthy chats are answered");

        Assert.InRange(_failedAttempts, 80, (80 * 5) - 1);
        await AssertAllAreSettled();
    }

    private async Task AssertAllAreSettled()
    {
        await PassUntil(() => Bot.Statistics.Pending == 0 && DeadLetterFiles() == 2 * 80, "all updates are settled");
        Assert.Equal(100, Bot.Statistics.Removed.GetValueOrDefault(UpdateRemoval.Accepted));
        Assert.Equal(20, _handled.Select(update => update.Id).Distinct().Count());
        Assert.Equal(20, _handled.Count);
    }

    private int DeadLetterFiles() => Directory.Exists(_data["dead-letters"]) ? Directory.GetFiles(_data["dead-letters"], "*", SearchOption.AllDirectories).Length : 0;

    private void Write(IEnumerable<int> chats)
    {
        foreach (int chat in chats)
        {
            Bot.EnqueueText(chat, chat, "hello");
        }
    }

    private Task HandleAsync(ReceivedUpdate update)
    {
        if (update.Key.Id < FirstHealthyChat)
        {
            Interlocked.Increment(ref _failedAttempts);
            throw new InvalidOperationException("broken");
        }

        _handled.Enqueue(update);
        return Task.CompletedTask;
    }

    /// <summary>Advances the virtual time in small steps until a condition holds.</summary>
    private Task PassUntil(Func<bool> condition, string expectation) => Eventually.IsTrue(
        () =>
        {
            if (condition())
            {
                return true;
            }

            _time.Advance(TimeSpan.FromSeconds(0.05));
            return false;
        },
        expectation);

    private WebApplication CreateHost()
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                [SettingNames.TelegramBotToken] = Token,
                [SettingNames.TelegramApiUrl] = _server.Url,
                [SettingNames.UseWebhook] = "true",
                [SettingNames.WebhookUrl] = "https://bot.example.com",
                [SettingNames.WebhookSecret] = Secret,
                [SettingNames.WebhookListen] = "http://127.0.0.1:0",
                [SettingNames.DataDirectory] = _data.FullPath,
            })
            .Build();
        return (WebApplication)ConsoleHost.CreateReceiving(
            configuration,
            azker => azker.Services
                .AddLogging(logging => logging.SetMinimumLevel(LogLevel.None))
                .AddSingleton<TimeProvider>(_time)
                .AddKeyedSingleton("", HandlerRegistration.Of(new Handler(this)))
                .RemoveAll<IHostedService>(),
            _ => { });
    }

    private sealed class Handler(WebhookPoisonTests test) : IBotHandler
    {
        public bool Accepts(ReceivedUpdate update) => true;

        public Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken) => test.HandleAsync(update);
    }
}
