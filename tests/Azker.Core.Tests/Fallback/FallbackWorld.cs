using System.Net;
using Azker.BlobService;
using Azker.BotApi;
using Azker.BotApi.Bots;
using Azker.Core.Tests.Locking.BlobLease;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Time.Testing;
using Telegram.Bot;

namespace Azker.Core.Tests.Fallback;

/// <summary>A Bot API server and a storage account for instances on several machines, in one virtual time.</summary>
internal sealed class FallbackWorld : IAsyncDisposable
{
    public const string Url = "https://bot.example.com/webhook";

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly List<VirtualInstance> _instances = [];

    private FallbackWorld(BotApiServer server, FakeTimeProvider time)
    {
        (Server, Time) = (server, time);
        Client = new TelegramBotClient(new TelegramBotClientOptions(Settings.Token, server.Url));
        Storage = new LeaseService(time);
        // The lock blob exists already, so that the first holder need not wait.
        Storage.Put($"bot-{Bot.Id}", BlobLeaseRecords.Released().ToJson());
    }

    public BotApiServer Server { get; }

    public FakeTimeProvider Time { get; }

    public LeaseService Storage { get; }

    public BotAccount Bot => Server.Bot(Settings.Token);

    /// <summary>Another program with the same token.</summary>
    public TelegramBotClient Client { get; }

    /// <summary>The URL that is registered with the Bot API server.</summary>
    public string Registered => Bot.Webhook.Url;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<FallbackWorld> StartAsync()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        var options = new BotApiServerOptions { Resolver = (_, _) => Task.FromResult(new[] { IPAddress.Parse("149.154.161.1") }) };
        return new FallbackWorld(await BotApiServer.StartAsync(options, time, Token), time);
    }

    /// <summary>Creates an instance on its own machine.</summary>
    public VirtualInstance Instance(params (string Name, string? Value)[] settings) => Add(new VirtualInstance(this, mayTakeOver: false, settings));

    /// <summary>Creates an instance with the order <c>--take-over</c>.</summary>
    public VirtualInstance TakeOverInstance() => Add(new VirtualInstance(this, mayTakeOver: true, []));

    private VirtualInstance Add(VirtualInstance instance)
    {
        _instances.Add(instance);
        return instance;
    }

    /// <summary>Registers a webhook, as the target would.</summary>
    public Task Register(string url = Url) => Client.SetWebhook(url, cancellationToken: Token);

    /// <summary>Lets time pass until a condition holds.</summary>
    /// <returns>The time that passed, to the second.</returns>
    public async Task<TimeSpan> Until(Func<bool> condition, string expectation)
    {
        TimeSpan passed = TimeSpan.Zero;
        await Eventually.IsTrue(
            () =>
            {
                _instances.ForEach(instance => instance.ThrowIfFailed());
                if (condition())
                {
                    return true;
                }

                passed += Step;
                Time.Advance(Step);
                return false;
            },
            expectation);
        return passed;
    }

    /// <summary>Lets time pass slowly enough for the calls that the instances make.</summary>
    public Task Pass(TimeSpan time)
    {
        DateTimeOffset end = Time.GetUtcNow() + time;
        return Until(() => Time.GetUtcNow() >= end, "time passes");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (VirtualInstance instance in _instances)
        {
            await instance.DisposeAsync();
        }

        await Server.DisposeAsync();
    }
}
