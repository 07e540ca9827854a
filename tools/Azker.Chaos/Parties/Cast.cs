using System.Globalization;
using Azker.Azurite;
using Azker.BotApi;
using Azker.BotApi.Bots;
using Azker.Chaos.Scripts;
using Azker.Core.Configuration;
using Azker.Processes;

namespace Azker.Chaos.Parties;

/// <summary>The parties of one script: a console that serves the webhook, its guard and two fallbacks.</summary>
/// <remarks>The parties have their own stand-in, and their own lock in the storage that all scripts share.</remarks>
internal sealed class Cast : IAsyncDisposable
{
    private const string Console = "Azker.PollingFallback";
    private const string Guardian = "Azker.Guard";
    private const string GuardSeconds = "1";
    private const string Container = "chaos";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("azker-chaos-");

    private Cast(AzuriteServer storage, BotApiServer server, ChaosScript script, TimeProvider time)
    {
        Server = server;
        string token = string.Create(CultureInfo.InvariantCulture, $"{200_000_000 + script.Seed}:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        Bot = server.Bot(token);
        int listen = FreePort.Take();
        WebhookDoor = new FaultProxy(listen);

        Dictionary<string, string> common = new()
        {
            [SettingNames.TelegramBotToken] = token,
            [SettingNames.UseWebhook] = "true",
            [SettingNames.WebhookUrl] = $"http://127.0.0.1:{WebhookDoor.Port}",
            [SettingNames.WebhookGuardInterval] = "10",
            [SettingNames.LockContainer] = Container,
            [SettingNames.PollTimeout] = "5",
            [SettingNames.FallbackGrace] = $"{script.Times.Grace}",
            [SettingNames.FailbackDelay] = $"{script.Times.FailbackDelay}",
            [SettingNames.FallbackCheckInterval] = "0.3",
        };
        Party Create(int number, string name, string program, string machine, params (string Name, string Value)[] more)
        {
            FaultProxy[] ways = [new FaultProxy(storage.BlobPort), new FaultProxy(storage.TablePort)];
            var settings = new Dictionary<string, string>(common)
            {
                [SettingNames.TelegramApiUrl] = server.Urls[number],
                [SettingNames.Storage] = storage.ConnectionStringTo(ways[0].Port, ways[1].Port),
                [SettingNames.DataDirectory] = Path.Combine(_directory.FullName, machine),
            };
            foreach ((string setting, string value) in more)
            {
                settings[setting] = value;
            }

            string[] arguments = program == Guardian ? [GuardSeconds] : [];
            return new Party(name, new Launch(program, _directory.FullName, settings, arguments), server.Ports[number], ways, time);
        }

        Webhook = Create(0, "W", Console, "first", (SettingNames.WebhookListen, $"http://127.0.0.1:{listen}"));
        Guard = Create(1, "G", Guardian, "first");
        FallbackA = Create(2, "A", Console, "second");
        FallbackB = Create(3, "B", Console, script.SharesMachine ? "second" : "third");
    }

    public BotApiServer Server { get; }

    public BotAccount Bot { get; }

    /// <summary>The proxy through which Telegram and the fallbacks reach the webhook.</summary>
    public FaultProxy WebhookDoor { get; }

    public Party Webhook { get; }

    public Party Guard { get; }

    public Party FallbackA { get; }

    public Party FallbackB { get; }

    public IReadOnlyList<Party> All => [Webhook, Guard, FallbackA, FallbackB];

    public static async Task<Cast> CreateAsync(AzuriteServer storage, ChaosScript script, TimeProvider time, CancellationToken cancellationToken)
    {
        BotApiServer server = await BotApiServer.StartAsync(new BotApiServerOptions { Local = true, Ports = [0, 0, 0, 0] }, time, cancellationToken);
        var cast = new Cast(storage, server, script, time);
        await ReleasedLock.CreateAsync(storage, Container, $"bot-{cast.Bot.Id}", cancellationToken);
        return cast;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Party party in All)
        {
            await party.DisposeAsync();
        }

        await WebhookDoor.DisposeAsync();
        await Server.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
