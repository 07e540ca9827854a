using Azker.Core.Configuration;
using Azker.Core.Delivery.Blobs;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Handling;
using Azker.Core.Hosting;
using Azker.Core.Infrastructure;
using Azker.Simulation.BotApi;
using Azker.Simulation.Scheduling;
using Azker.Simulation.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Telegram.Bot;

namespace Azker.Simulation.Instances;

/// <summary>One process of an instance: Core with its services as a host builds it, in the simulated world.</summary>
internal sealed class InstanceProcess
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abandoning = new();
    private readonly ServiceProvider _services;

    public InstanceProcess(Bench bench, Instance instance, IRole role, string name, AzkerOptions options)
    {
        Instance = instance.Name;
        Thread = new ProcessThread(bench.World, name);
        Clock = new ProcessClock(Thread) { Skew = instance.Skew };
        _services = Build(bench, instance, role, options);
    }

    /// <summary>The name of the instance of this process.</summary>
    public string Instance { get; }

    public ProcessThread Thread { get; }

    public ProcessClock Clock { get; }

    /// <summary>The ledger, which knows under which epoch of the lock an update is handled here.</summary>
    public WatchedLedger Ledger { get; private set; } = null!;

    /// <summary>Cancels the handlers of pushed updates, which the process gives no more time.</summary>
    public CancellationToken Abandoned => _abandoning.Token;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public T Create<T>() => ActivatorUtilities.CreateInstance<T>(_services);

    public void Start(IRole role, Action<Exception?> ended) => Thread.Start(async () =>
    {
        Exception? failure = null;
        try
        {
            await role.RunAsync(this, _stopping.Token);
        }
        catch (Exception error)
        {
            failure = error;
        }

        ended(failure);
    });

    /// <summary>Asks for the graceful stop, as SIGTERM does.</summary>
    public void Stop() => Thread.Post(static source => ((CancellationTokenSource)source!).Cancel(), _stopping);

    /// <summary>Cancels the handlers of pushed updates after some time.</summary>
    public ITimer AbandonAfter(TimeSpan delay) => Clock.CreateTimer(_ => _abandoning.Cancel(), null, delay, System.Threading.Timeout.InfiniteTimeSpan);

    private ServiceProvider Build(Bench bench, Instance instance, IRole role, AzkerOptions options)
    {
        var log = new ProcessLog(Thread);
        var client = new BotClient(bench.Server, Thread, instance.ToTelegram, bench.Receivers);
        var storage = new StorageHandler(bench.Storage, Thread, instance.ToStorage, bench.Leases, bench.Journal);
        Ledger = new WatchedLedger(new TableLedger(StorageClients.Create(new TableHandler(bench.Tables, Thread, instance.ToStorage)), Clock), bench.Journal);
        var services = new ServiceCollection();
        services
            .AddSingleton<ILoggerFactory>(log)
            .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(bench.World.RandomOf(Thread.Name))
            .AddSingleton(StorageClients.Create(storage))
            .AddKeyedSingleton(DataBlobs.ServiceKey, StorageClients.Create(storage))
            .AddSingleton<DnsLookup>(bench.Names.ResolveAsync)
            .AddReceiver(options)
            .AddSingleton<ITelegramBotClient>(client)
            .AddKeyedSingleton<ITelegramBotClient>(Azker.Core.BotApi.BotApiClients.Receiving, client)
            .AddSingleton(new HandlerLifetime(Abandoned))
            .AddSingleton<IUpdateLedger>(Ledger)
            .AddKeyedSingleton("", HandlerRegistration.Of(new SimulatedHandler(bench, this, instance.Subjects, client)));
        role.Configure(services, this, bench);
        bench.Rules.Apply(services, Thread, client);
        return services.BuildServiceProvider();
    }
}
