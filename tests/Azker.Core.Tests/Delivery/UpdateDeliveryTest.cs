using Azker.Core.Configuration;
using Azker.Core.Delivery;
using Azker.Core.Delivery.DeadLetters;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Handling;
using Azker.Core.Infrastructure;
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
    private protected readonly RecordingLogger<UpdateDelivery> _log = new();
    private protected readonly RecordingLogger<DeadLetterArchive> _lettersLog = new();
    private protected readonly CancellationTokenSource _stop = new();
    private protected readonly List<ServiceProvider> _containers = [];
    private protected readonly RecordingLogger<LedgerClient> _ledgerLog = new();
    private protected readonly RecordingLogger<UpdateAttempts> _attemptsLog = new();
    private protected readonly TestLedger _ledger;

    private protected UpdateDeliveryTest() => _ledger = new TestLedger(_time);

    public async ValueTask DisposeAsync()
    {
        foreach (ServiceProvider container in _containers)
        {
            await container.DisposeAsync();
        }

        _stop.Dispose();
        _data.Dispose();
        GC.SuppressFinalize(this);
    }

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
        string reason = Assert.Single(Directory.GetFiles(_data["dead-letters"], $"{pattern}.reason.json"));
        return (File.ReadAllBytes(reason.Replace(".reason.json", ".json", StringComparison.Ordinal)), File.ReadAllText(reason));
    }

    private protected UpdateDelivery Delivery(Func<ReceivedUpdate, Task> handle, int maxConcurrent = 16)
    {
        ServiceProvider services = new ServiceCollection()
            .AddSingleton<BotHandlers>()
            .AddKeyedSingleton("", HandlerRegistration.Of(new TestHandler(_ => true, (update, _) => handle(update))))
            .BuildServiceProvider();
        var options = new DeliveryOptions { MaxConcurrentUpdates = maxConcurrent };
        var dispatcher = new UpdateDispatcher(
            services.GetRequiredService<BotHandlers>(), options, _time, NullLogger<UpdateDispatcher>.Instance);
        var policy = new AttemptPolicy(options, Settings.Read().Webhook, _time);
        var delivery = new UpdateDelivery(
            new UpdateAttempts(dispatcher, Letters(), policy, options, _time, _attemptsLog),
            policy,
            new LedgerClient(_ledger, new LedgerStatus(_time), _time, _ledgerLog),
            options,
            _time,
            Random.Shared,
            _log);
        _containers.Add(services);
        return delivery;
    }

    private protected DeadLetterArchive Letters() => new(
        new DeadLetterFiles(new StorageOptions { DataDirectory = _data.FullPath }), new DeliveryOptions(), new SecretMask([]), _time, _lettersLog);
}
