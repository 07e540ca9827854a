using Azker.BotApi;
using Azker.BotApi.Bots;
using Azker.Core.Configuration;
using Azker.Core.Delivery;
using Azker.Core.Handling;
using Azker.Core.Hosting;
using Azker.Core.Updates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Azker.Benchmarks.Delivery;

/// <summary>A bot, and how fast it handles the updates of many chats while handlers of other chats take 60 s each.</summary>
internal sealed class LongHandlers(bool byWebhook) : IBotHandler
{
    private const string Token = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private const string Long = "long";
    private const int Updates = 10_000;
    private const int Chats = 1000;

    /// <summary>The most requests that Telegram sends to a webhook at once, as <c>WEBHOOK_MAX_CONNECTIONS</c> has it by default.</summary>
    private const int Connections = 40;

    private static readonly TimeSpan LongTime = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private int _handled;

    public bool Accepts(ReceivedUpdate update) => true;

    public async Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        if (update.Update.Message!.Text == Long)
        {
            Interlocked.Increment(ref _running);
            await Task.Delay(LongTime, TimeProvider.System, cancellationToken);
        }
        else if (Interlocked.Increment(ref _handled) == Updates)
        {
            _end.TrySetResult();
        }
    }

    /// <summary>Measures once, with a bot of its own, when the updates of the long handlers are parked and confirmed.</summary>
    /// <param name="count">The number of long handlers.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    /// <returns>The updates of other chats that are handled in a second.</returns>
    public async Task<double> MeasureAsync(int count, CancellationToken cancellationToken)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("azker-benchmark-");
        await using BotApiServer server = await BotApiServer.StartAsync(new BotApiServerOptions(), TimeProvider.System, cancellationToken);
        BotAccount bot = server.Bot(Token);
        using IHost host = Build(server, directory);
        try
        {
            await (byWebhook ? Task.CompletedTask : host.StartAsync(cancellationToken));
            UpdateDelivery delivery = host.Services.GetRequiredService<AzkerBot>().Receiver.GetRequiredService<UpdateDelivery>();
            await SendAsync(Enumerable.Range(0, count).Select(chat => (chat, Long)), bot, delivery, cancellationToken);
            while (Volatile.Read(ref _running) < count || bot.Statistics.Pending > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
            }

            long start = TimeProvider.System.GetTimestamp();
            await SendAsync(Enumerable.Range(0, Updates).Select(number => (Chats + (number % Chats), "quick")), bot, delivery, cancellationToken);
            await _end.Task.WaitAsync(LongTime, TimeProvider.System, cancellationToken);
            return Updates / TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
            directory.Delete(recursive: true);
        }
    }

    private IHost Build(BotApiServer server, DirectoryInfo directory)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [SettingNames.TelegramBotToken] = Token,
            [SettingNames.TelegramApiUrl] = server.Url,
            [SettingNames.DataDirectory] = directory.FullName,
            [SettingNames.UpdateLedger] = "file",
            [SettingNames.ShutdownTimeout] = "0",
            [SettingNames.AcknowledgeAfter] = "1",
        });
        builder.Services.AddLogging(logging => logging.ClearProviders());
        builder.Services.AddAzker(builder.Configuration);
        builder.Services.AddKeyedSingleton("", HandlerRegistration.Of(this));
        return builder.Build();
    }

    /// <summary>Lets users send messages: to the server that the bot polls, or to the bot by as many requests at once as Telegram makes.</summary>
    private async Task SendAsync(IEnumerable<(int Chat, string Text)> messages, BotAccount bot, UpdateDelivery delivery, CancellationToken cancellationToken)
    {
        if (!byWebhook)
        {
            foreach ((int chat, string text) in messages)
            {
                bot.EnqueueText(5 + chat, 5, text);
            }

            return;
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = Connections, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(messages.Index(), options, async (message, token) => await delivery.PushAsync(
            ReceivedUpdates.Message(message.Index + (message.Item.Text == Long ? 1 : 1_000_000), message.Item.Chat, message.Item.Text), token));
    }
}
