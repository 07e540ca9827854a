using System.Collections.Concurrent;
using Azker.Core.Configuration;
using Azker.Core.Delivery;
using Azker.Core.Handling;
using Azker.Core.Hosting;
using Azker.Core.Tests.Shared;
using Azker.Core.Updates;
using Azker.PollingFallback.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Telegram.Bot.Requests.Abstractions;

namespace Azker.PollingFallback.Tests.Hosting;

/// <summary>The console's own host with its server at a free port and a handler of the test, without the service that receives.</summary>
internal sealed class ConsoleServerHost : IAsyncDisposable
{
    public const string Secret = "the-right-secret";

    /// <summary>How long a handler may take to end after its cancellation.</summary>
    private static readonly TimeSpan HandlerEnd = TimeSpan.FromSeconds(10);

    private readonly TempDirectory _data = new();
    private readonly WebApplication _host;

    private ConsoleServerHost((string Name, string? Value)[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new (string Name, string? Value)[]
            {
                (SettingNames.TelegramBotToken, "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
                (SettingNames.TelegramApiUrl, "http://127.0.0.1:1"),
                (SettingNames.UseWebhook, "true"),
                (SettingNames.WebhookUrl, "https://bot.example.com"),
                (SettingNames.WebhookSecret, Secret),
                (SettingNames.WebhookListen, "http://127.0.0.1:0"),
                (SettingNames.DataDirectory, _data.FullPath),
            }.Concat(settings).GroupBy(setting => setting.Name).Select(same => KeyValuePair.Create(same.Key, same.Last().Value)))
            .Build();
        _host = (WebApplication)ConsoleHost.CreateReceiving(configuration, Configure, _ => { });
    }

    /// <summary>The updates that handlers were given.</summary>
    public ConcurrentQueue<ReceivedUpdate> Handled { get; } = new();

    /// <summary>The work of the handler.</summary>
    public Func<ReceivedUpdate, CancellationToken, Task> Work { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>The request that the handler gives to <see cref="WebhookReply"/>, if any.</summary>
    public IRequest? Reply { get; set; }

    public int Port => new Uri(_host.Urls.First()).Port;

    public static async Task<ConsoleServerHost> StartAsync(params (string Name, string? Value)[] settings)
    {
        var host = new ConsoleServerHost(settings);
        await ConsoleHost.StartAsync(host._host, TestContext.Current.CancellationToken);
        return host;
    }

    /// <summary>Stops the server, and lets handlers finish within the limit, as the receiving service does at a stop.</summary>
    public Task StopAsync(TimeSpan limit)
    {
        _host.Services.GetRequiredService<AzkerBot>().AbandonHandlersAfter(limit);
        return _host.StopAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The raw JSON of the dead letters.</summary>
    public IReadOnlyList<string> DeadLetters() => Directory.Exists(_data["dead-letters"])
        ? [.. Directory.GetFiles(_data["dead-letters"], "*.json", SearchOption.AllDirectories).Where(file => !file.EndsWith(".reason.json", StringComparison.Ordinal)).Select(File.ReadAllText)]
        : [];

    public Task<RawAnswer> Send(string request, params string[] more) => RawHttp.ExchangeAsync(Port, [request, .. more]);

    public async ValueTask DisposeAsync()
    {
        // A handler that is still running writes into the directory when it ends.
        AzkerBot bot = _host.Services.GetRequiredService<AzkerBot>();
        bot.AbandonHandlersAfter(TimeSpan.Zero);
        await bot.Receiver.GetRequiredService<UpdateDelivery>().StopAsync().WaitAsync(HandlerEnd, TimeProvider.System, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        await _host.DisposeAsync();
        _data.Dispose();
    }

    private void Configure(IAzkerBuilder azker)
    {
        azker.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None)).AddSingleton(this).RemoveAll<IHostedService>();
        azker.AddHandler<Handler>();
    }

    private sealed class Handler(ConsoleServerHost host, WebhookReply reply) : IBotHandler
    {
        public bool Accepts(ReceivedUpdate update) => true;

        public Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken)
        {
            host.Handled.Enqueue(update);
            if (host.Reply is { } request)
            {
                reply.Give(request);
            }

            return host.Work(update, cancellationToken);
        }
    }
}
