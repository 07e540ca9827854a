using Azker.Core.Configuration;
using Azker.Core.Delivery;
using Azker.Core.Delivery.DeadLetters;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Delivery.Parking;
using Azker.Core.Handling;
using Azker.Core.Handling.Errors;
using Azker.Core.Infrastructure;
using Azker.Core.Status;
using Azker.Core.Telemetry;
using Azker.Core.Tests.Delivery.Ledger;
using Azker.Core.Tests.Shared;
using Azker.Core.Updates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Delivery;

/// <summary>The delivery of updates in virtual time, with access to its parts.</summary>
public abstract class UpdateDeliveryTest : IAsyncDisposable
{
    private protected const long Epoch = 7;

    private protected readonly FakeTimeProvider _time = new();
    private protected readonly TempDirectory _data = new();
    private protected readonly RecordingLogger<DeliveryLoop> _log = new();
    private protected readonly SecretMask _mask = new(["the secret"]);
    private protected readonly RecordingLogger<ParkedUpdates> _parkedLog = new();
    private protected readonly TestParkedStore _store = new();
    private protected readonly TestParkedQueue _queue = new();
    private protected readonly FallbackOptions _fallback = new();
    private protected readonly RecordingBotApi _botApi = new();
    private protected readonly ReceiverStatus _status;
    private protected readonly RunningUpdates _running;
    private protected readonly RecordingLogger<DeadLetterArchive> _lettersLog = new();
    private protected readonly CancellationTokenSource _stop = new();
    private protected readonly List<ServiceProvider> _containers = [];
    private protected readonly RecordingLogger<LedgerClient> _ledgerLog = new();
    private protected readonly RecordingLogger<UpdateAttempts> _attemptsLog = new();
    private protected readonly TestLedger _ledger;
    private protected readonly BotMeter _meter = new(1);

    /// <summary>The runs that go on with parked updates of the last delivery that the test has made.</summary>
    private protected ParkedRuns _runs = null!;

    /// <summary>The lanes with parked updates that this delivery has left.</summary>
    private protected ParkedLanes _parkedLanes = null!;

    private protected UpdateDeliveryTest() => (_ledger, _status, _running) = (new TestLedger(_time), new ReceiverStatus(_time), new RunningUpdates(_time));

    public async ValueTask DisposeAsync()
    {
        foreach (ServiceProvider container in _containers)
        {
            await container.DisposeAsync();
        }

        _meter.Dispose();
        _stop.Dispose();
        _data.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <param name="id">The <c>update_id</c>.</param>
    /// <param name="chat">The chat.</param>
    /// <param name="arrivedAt">When the update arrived, in seconds after a fixed time.</param>
    private protected static ParkedUpdate Parked(int id, long chat = 5, int arrivedAt = 1) => new()
    {
        UpdateId = id,
        Raw = TestUpdates.Message(id, chat).Raw,
        ArrivedAt = DateTimeOffset.UnixEpoch.AddYears(29).AddSeconds(arrivedAt),
    };

    private protected UpdateDelivery Refusing() => Delivery(_ => throw new InvalidOperationException("must not be handled"));

    private protected async Task<UpdateClaim> Claim(int id, long? epoch = null) => await _ledger.ClaimAsync(id, epoch, _stop.Token);

    /// <summary>Lets 0.1 s of virtual time pass, and then checks the condition.</summary>
    private protected bool Pass(Func<bool> condition)
    {
        _time.Advance(TimeSpan.FromSeconds(0.1));
        return condition();
    }

    private protected async Task<bool> Settle(Task<bool> delivery)
    {
        await _time.PassUntil(() => delivery.IsCompleted, "the update is settled");
        return await delivery;
    }

    private protected (byte[] Raw, string Reason) DeadLetter(string pattern)
    {
        string reason = Assert.Single(Directory.GetFiles(_data["dead-letters"], $"{pattern}.reason.json", SearchOption.AllDirectories));
        return (File.ReadAllBytes(reason.Replace(".reason.json", ".json", StringComparison.Ordinal)), File.ReadAllText(reason));
    }

    private protected UpdateDelivery Delivery(
        Func<ReceivedUpdate, Task> handle, int maxConcurrent = 16, ParkingLimits? parking = null, Action<DeliveryOptions>? configure = null) =>
        Delivery((update, _) => handle(update), maxConcurrent, parking, configure);

    private protected UpdateDelivery Delivery(
        Func<ReceivedUpdate, CancellationToken, Task> handle, int maxConcurrent = 16, ParkingLimits? parking = null, Action<DeliveryOptions>? configure = null) =>
        Delivery([HandlerRegistration.Of(new TestHandler(_ => true, handle))], maxConcurrent, parking, configure);

    private protected UpdateDelivery Delivery(
        IReadOnlyList<HandlerRegistration> registrations, int maxConcurrent = 16, ParkingLimits? parking = null, Action<DeliveryOptions>? configure = null)
    {
        var (spans, metrics) = (new UpdateSpans(_meter), new UpdateMetrics(_meter, _time));
        ServiceProvider services = new ServiceCollection().AddScoped<WebhookReply>().BuildServiceProvider();
        var options = new DeliveryOptions { MaxConcurrentUpdates = maxConcurrent };
        configure?.Invoke(options);
        var handlers = new BotHandlers(services.GetRequiredService<IServiceScopeFactory>(), registrations);
        var dispatcher = new UpdateDispatcher(handlers, _running, options, _mask, _time, NullLogger<UpdateDispatcher>.Instance);
        parking ??= new ParkingLimits();
        var policy = new AttemptPolicy(options, parking, _time);
        var attempts = new UpdateAttempts(
            dispatcher, new ErrorClassifier([]), new LateReplies(_botApi.Client), Letters(), policy, _status, _mask, spans, metrics, options, _time, _attemptsLog);
        var ledger = new LedgerClient(_ledger, new LedgerStatus(_time), spans, _time, _ledgerLog);
        var parked = new ParkedUpdates(_store, parking, metrics, _time, _parkedLog);
        var loop = new DeliveryLoop(attempts, ledger, parked, new HandlerSlots(options, parking, _time), handlers, options, _time, Random.Shared, _log);
        _containers.Add(services);
        _parkedLanes = new ParkedLanes(parked, _queue);
        var delivery = new UpdateDelivery(loop, attempts, parked, _parkedLanes, handlers, new DeliveryTelemetry(spans, metrics), options, _fallback, _time, Random.Shared);
        _runs = new ParkedRuns(delivery, parked, _queue, parking, _time);
        return delivery;
    }

    private protected DeadLetterArchive Letters() => new(
        new DeadLetterFiles(TestOptions.Local(_data.FullPath)), new DeliveryOptions(), _mask, _time, _lettersLog);
}
