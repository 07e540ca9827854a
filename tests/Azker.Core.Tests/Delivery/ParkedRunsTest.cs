using Azker.Core.Delivery;
using Azker.Core.Delivery.Parking;
using Azker.Core.Tests.Shared;
using Azker.Core.Updates;

namespace Azker.Core.Tests.Delivery;

/// <summary>On a host where work cannot outlive its request, a message of the queue or a timer starts a run that goes on with parked updates.</summary>
public abstract class ParkedRunsTest : UpdateDeliveryTest
{
    private protected static readonly ParkingLimits Functions = new(OutlivesRequests: false);

    private protected readonly List<int> _handled = [];

    /// <summary>The exception of the handler, by the number of its call from 1; <see langword="null"/> for a success.</summary>
    private protected Func<int, Exception?> _meets = _ => null;
    private protected TimeSpan _takes;
    private protected int _calls;

    private protected UpdateDelivery Delivery() => Delivery(Handle, parking: Functions);

    private protected async Task Handle(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        Exception? error = _meets(++_calls);
        await Task.Delay(_takes, _time, cancellationToken);
        if (error is not null)
        {
            throw error;
        }

        _handled.Add(update.Id);
    }

    private protected async Task<AttemptOutcome> PushAsync(UpdateDelivery delivery, int id, long chat = 5, bool succeeds = false)
    {
        Func<int, Exception?> meets = _meets;
        _meets = succeeds ? _ => null : meets;
        Task<AttemptResult> push = delivery.PushAsync(TestUpdates.Message(id, chat), _stop.Token);
        await _time.PassUntil(() => push.IsCompleted, "the request is answered", step: 1);
        _meets = meets;
        return (await push).Outcome;
    }

    private protected async Task RunAsync(int id)
    {
        Task run = _runs.RunAsync(id, _stop.Token);
        await _time.PassUntil(() => run.IsCompleted, "the run ends", step: 1);
        await run;
    }

    /// <summary>Runs the oldest message of the queue when it is visible.</summary>
    /// <returns>Its delay.</returns>
    private protected async Task<TimeSpan> RunNextAsync()
    {
        (int id, TimeSpan delay) = _queue.Take();
        _time.Advance(delay);
        await RunAsync(id);
        return delay;
    }

    private protected string[] DeadLetterFiles() => Directory.Exists(_data["dead-letters"]) ? Directory.GetFiles(_data["dead-letters"], "*.reason.json", SearchOption.AllDirectories) : [];

    private protected void AssertNothingIsLeft()
    {
        Assert.Empty(_store.Ids);
        Assert.Empty(_queue.Ids);
    }
}
