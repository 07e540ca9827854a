using Azker.Azurite;
using Azker.Core.Configuration;
using Azker.Core.Delivery;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Delivery.Parking;
using Azker.Core.Handling;
using Azker.Core.Hosting;
using Azker.Core.Updates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.Benchmarks.Delivery;

/// <summary>Core's own delivery, built once with each ledger, with a handler that does nothing.</summary>
internal sealed class Subjects(AzuriteServer? server, FaultProxy? proxy) : IAsyncDisposable
{
    private const long Epoch = 1;

    private readonly string _directory = Directory.CreateTempSubdirectory("azker-benchmark-").FullName;
    private readonly Dictionary<string, ServiceProvider> _services = [];
    private readonly CountingStore _parked = new();
    private int _lastId = 1_000_000;

    /// <summary>Delivers updates as Core delivers the updates of a poll.</summary>
    public async Task<Cost> MeasureAsync(string name, Arrival arrival, CancellationToken cancellationToken)
    {
        UpdateDelivery delivery = ServicesOf(name).GetRequiredService<UpdateDelivery>();
        ReceivedUpdate[] all = [.. Enumerable.Range(0, arrival.Updates).Select(index => Next(index % arrival.AtOnce))];
        double[] times = new double[all.Length];
        GC.Collect();
        int requests = proxy?.Requests ?? 0;
        int parkingCalls = _parked.Calls;
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long start = TimeProvider.System.GetTimestamp();
        for (int first = 0; first < all.Length; first += arrival.AtOnce)
        {
            await Task.WhenAll(Enumerable.Range(first, arrival.AtOnce).Select(async index => times[index] = await DeliverAsync(delivery, all[index], cancellationToken)));
        }

        TimeSpan wall = TimeProvider.System.GetElapsedTime(start);
        cpu = Environment.CpuUsage.TotalTime - cpu;
        return new Cost(
            wall.TotalMicroseconds / all.Length,
            times.Order().ElementAt(times.Length / 2),
            cpu.TotalMicroseconds / all.Length,
            ((proxy?.Requests ?? 0) - requests) / (double)all.Length,
            (_parked.Calls - parkingCalls) / (double)all.Length);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ServiceProvider services in _services.Values)
        {
            await services.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }

    private static async Task<double> DeliverAsync(UpdateDelivery delivery, ReceivedUpdate update, CancellationToken cancellationToken)
    {
        long start = TimeProvider.System.GetTimestamp();
        return await delivery.Begin(update, new DeliveryContext(Epoch, () => true, cancellationToken, cancellationToken)).Kept
            ? TimeProvider.System.GetElapsedTime(start).TotalMicroseconds
            : throw new OperationCanceledException(cancellationToken);
    }

    private ServiceProvider ServicesOf(string name) => _services.TryGetValue(name, out ServiceProvider? services)
        ? services
        : _services[name] = name switch
        {
            "none" => Create("memory", null, services => services.AddSingleton<IUpdateLedger, NoLedger>()),
            "table" => Create(name, server!.ConnectionStringTo(server.BlobPort, proxy!.Port)),
            _ => Create(name, null),
        };

    private ServiceProvider Create(string ledger, string? connection, Action<IServiceCollection>? configure = null)
    {
        IConfiguration settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            [SettingNames.TelegramBotToken] = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            [SettingNames.DataDirectory] = _directory,
            [SettingNames.UpdateLedger] = ledger,
            [SettingNames.Storage] = connection,
        }).Build();
        IServiceCollection services = new ServiceCollection().AddLogging().AddSingleton<IParkedUpdateStore>(_parked);
        configure?.Invoke(services);
        return new AzkerBuilder(services.AddReceiver(AzkerOptions.Read(settings)), "").AddHandler<NothingToDo>().Services.BuildServiceProvider();
    }

    private ReceivedUpdate Next(int chat) => ReceivedUpdates.Message(_lastId++, chat, "hi");

    private sealed class NothingToDo : IBotHandler
    {
        public bool Accepts(ReceivedUpdate update) => true;

        public Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
