using Azker.BlobService;
using Azker.Core.Configuration;
using Azker.Core.Locking.BlobLease;
using Azker.Core.Telemetry;
using Azker.Core.Tests.Shared;
using Azure.Core.Pipeline;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Locking.BlobLease;

/// <summary>Locks on one blob, in virtual time, through the real SDK, on a service with the semantics of the real service.</summary>
internal sealed class VirtualLease : IDisposable
{
    public const string Name = "bot-1";

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);
    private readonly TempDirectory _directory = new();

    public VirtualLease(bool wasHeldBefore = true)
    {
        Clock = new SkewedTimeProvider(Time);
        Service = new LeaseService(Time);
        if (wasHeldBefore)
        {
            Service.Put(Name, BlobLeaseRecords.Released().ToJson());
        }
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));

    /// <summary>The clock of the instances.</summary>
    public SkewedTimeProvider Clock { get; }

    public LeaseService Service { get; }

    public BlobLeaseRecord? Record => BlobLeaseRecord.Parse(Service.Peek(Name));

    /// <summary>The data directory of the instances on one machine.</summary>
    public string DataDirectory(string machine) => _directory[machine];

    /// <summary>Creates another instance, with its own connection to the service.</summary>
    public VirtualInstance CreateInstance(Action<LockOptions>? configure = null, string? machine = null, Func<TimeSpan>? sinceBoot = null)
    {
        var handler = new LeaseServiceHandler(Service, Time);
        AzkerOptions options = TestOptions.Azure(
            "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1/a;", LockOptions.DefaultContainer);
        options.Storage.DataDirectory = _directory[machine ?? Guid.NewGuid().ToString("N")];
        options.Lock.FastTakeover = machine is not null;
        configure?.Invoke(options.Lock);
        var logger = new RecordingLogger<BlobLeaseLock>();
        var meter = new BotMeter(options.Bot.Token.BotId);
        var instanceLock = new BlobLeaseLock(
            options,
            BlobLeaseClients.Create(options.Storage, options.Lock.AttemptTimeout, new HttpClientTransport(new HttpClient(handler))),
            new BlobLeaseClock(Clock, sinceBoot),
            Random.Shared,
            new ReceiverMetrics(meter),
            logger);
        return new VirtualInstance(this, instanceLock, handler, logger, meter);
    }

    /// <summary>Lets time pass in small steps, so that events happen in their order.</summary>
    public void Pass(double seconds)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < TimeSpan.FromSeconds(seconds); passed += Step)
        {
            Jump(Step);
        }
    }

    /// <summary>Lets time pass at once, as for a paused process.</summary>
    public void Jump(TimeSpan time) => Start(() =>
    {
        Time.Advance(time);
        return Task.CompletedTask;
    });

    /// <summary>
    /// Starts an action outside the context of the test. Everything that does not wait for time to pass happens at once, on this
    /// thread; the rest happens in the step of time in which it is due.
    /// </summary>
    public static T Start<T>(Func<T> action)
        where T : Task
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return action();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>Lets time pass until a task ends.</summary>
    /// <returns>The time that passed.</returns>
    public TimeSpan PassUntil(Task task, double limit = 120)
    {
        DateTimeOffset start = Time.GetUtcNow();
        while (!task.IsCompleted)
        {
            Assert.True(Time.GetUtcNow() - start < TimeSpan.FromSeconds(limit), $"Not within {limit} s of virtual time.");
            Jump(Step);
        }

        return Time.GetUtcNow() - start;
    }

    public void Dispose() => _directory.Dispose();
}
