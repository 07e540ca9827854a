using System.Text;
using Azker.Azurite;
using Azker.Core.Configuration;
using Azker.Core.Delivery;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Handling;
using Azker.Core.Hosting;
using Azker.Core.Updates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.Benchmarks.Delivery;

/// <summary>Core's own delivery, built once with each ledger, with a handler that does nothing.</summary>
internal sealed class Subjects : IAsyncDisposable
{
    private const long Epoch = 1;

    private readonly string _directory = Directory.CreateTempSubdirectory("azker-benchmark-").FullName;
    private readonly FaultProxy _proxy;
    private readonly Dictionary<string, ServiceProvider> _services;
    private int _lastId = 1_000_000;

    public Subjects(AzuriteServer server, FaultProxy proxy)
    {
        _proxy = proxy;
        string connection = server.ConnectionStringTo(server.BlobPort, proxy.Port);
        _services = new Dictionary<string, ServiceProvider>
        {
            ["none"] = Create("memory", null, services => services.AddSingleton<IUpdateLedger, NoLedger>()),
            ["memory"] = Create("memory", null),
            ["file"] = Create("file", null),
            ["table"] = Create("table", connection),
        };
    }

    /// <summary>Delivers updates one after the other, as Core delivers the updates of one chat.</summary>
    public async Task<Cost> MeasureAsync(string name, int updates, CancellationToken cancellationToken)
    {
        UpdateDelivery delivery = _services[name].GetRequiredService<UpdateDelivery>();
        ReceivedUpdate[] all = [.. Enumerable.Range(0, updates).Select(_ => Next())];
        GC.Collect();
        int requests = _proxy.Requests;
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long start = TimeProvider.System.GetTimestamp();
        foreach (ReceivedUpdate update in all)
        {
            if (!await delivery.Begin(update, new DeliveryContext(Epoch, () => true, cancellationToken, cancellationToken)).Kept)
            {
                throw new OperationCanceledException(cancellationToken);
            }
        }

        TimeSpan wall = TimeProvider.System.GetElapsedTime(start);
        cpu = Environment.CpuUsage.TotalTime - cpu;
        return new Cost(wall.TotalMicroseconds / updates, cpu.TotalMicroseconds / updates, (_proxy.Requests - requests) / (double)updates);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ServiceProvider services in _services.Values)
        {
            await services.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }

    private ServiceProvider Create(string ledger, string? connection, Action<IServiceCollection>? configure = null)
    {
        IConfiguration settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            [SettingNames.TelegramBotToken] = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            [SettingNames.DataDirectory] = _directory,
            [SettingNames.UpdateLedger] = ledger,
            [SettingNames.Storage] = connection,
        }).Build();
        IServiceCollection services = new ServiceCollection().AddLogging();
        configure?.Invoke(services);
        return new AzkerBuilder(services.AddReceiver(AzkerOptions.Read(settings)), "").AddHandler<NothingToDo>().Services.BuildServiceProvider();
    }

    private ReceivedUpdate Next()
    {
        int id = _lastId++;
        return ReceivedUpdate.Parse(Encoding.UTF8.GetBytes(
            FormattableString.Invariant($$$"""{"update_id":{{{id}}},"message":{"message_id":{{{id}}},"date":1700000000,"chat":{"id":5,"type":"private"},"text":"hi"}}""")));
    }

    private sealed class NothingToDo : IBotHandler
    {
        public bool Accepts(ReceivedUpdate update) => true;

        public Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
