using System.Collections.Concurrent;
using Azker.Core.Configuration;
using Azker.Core.Delivery.Parking;
using Azker.Core.Handling;
using Azker.Core.Infrastructure;
using Azker.Core.Updates;

namespace Azker.Core.Delivery;

/// <summary>
/// Delivers updates until they are settled: handled, or a dead letter. It is the one place where updates come together, whichever
/// way they came, so that the updates of one key follow each other and no update is delivered twice at once.
/// </summary>
#pragma warning disable CA1001 // The token source has no timer to free; if it were disposed, an attempt that outlasts the container would fail.
internal sealed class UpdateDelivery(
    DeliveryLoop loop,
    UpdateAttempts attempts,
    ParkedUpdates parked,
    ParkedLanes parkedLanes,
    BotHandlers handlers,
    DeliveryTelemetry telemetry,
    DeliveryOptions options,
    FallbackOptions fallback,
    TimeProvider timeProvider,
    Random random)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(30);

    /// <summary>How many pushed updates may wait for each slot, or for their lane.</summary>
    private const int QueuedPerSlot = 2;

    /// <summary>Below the 60 s that Telegram waits for an answer.</summary>
    private static readonly TimeSpan MaxAnswerTime = TimeSpan.FromSeconds(55);

    private static readonly TimeSpan MaxLongPause = TimeSpan.FromSeconds(30);

    /// <summary>A pause of the pushed updates in which a fallback may have received: it receives for <c>FAILBACK_DELAY</c> at least.</summary>
    private readonly TimeSpan _longPause = fallback.FailbackDelay / 2 < MaxLongPause ? fallback.FailbackDelay / 2 : MaxLongPause;

    private readonly UpdateLanes _lanes = new();
    private readonly ConcurrentDictionary<int, InFlightUpdate> _pending = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private Task<IReadOnlyList<InFlightUpdate>> _resuming = Task.FromResult<IReadOnlyList<InFlightUpdate>>([]);
    private Task? _read;
    private long _lastPush;

    /// <summary>How many pushed updates are accepted at once.</summary>
    private readonly int _capacity = options.MaxConcurrentUpdates * (1 + QueuedPerSlot);
    private int _accepted;

    /// <summary>
    /// After how long Telegram is asked to deliver an update again for which there is no slot. It is short, because Telegram
    /// drops an update that expires before its next delivery.
    /// </summary>
    public static TimeSpan OverloadDelay { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Begins to deliver a polled update in the lane of its key, unless it is being delivered.</summary>
    /// <param name="update">The update.</param>
    /// <param name="context">The conditions, with the lock under which the update was polled.</param>
    /// <returns>The update that is being delivered.</returns>
    public InFlightUpdate Begin(ReceivedUpdate update, DeliveryContext context) =>
        Begin(new InFlightUpdate(update, DeliveryOrigin.Polled, context, timeProvider));

    /// <summary>Stores an update that keeps other updates from arriving.</summary>
    /// <returns>Whether it may be confirmed to Telegram.</returns>
    public Task<bool> ParkAsync(InFlightUpdate pending) => loop.ParkAsync(pending);

    /// <summary>
    /// Delivers a pushed update until it is settled, or until it is parked after <c>ACKNOWLEDGE_AFTER</c> and may be confirmed. This
    /// instance goes on with a parked update. Where updates cannot be parked, one attempt is made, and Telegram delivers a failed
    /// update again.
    /// </summary>
    /// <param name="update">The update.</param>
    /// <param name="cancellationToken">Cancels the handler, whose attempt then does not count.</param>
    public async Task<AttemptResult> PushAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        try
        {
            bool hasRoom = Interlocked.Increment(ref _accepted) <= _capacity;
            if (!hasRoom && !MayExpireSoon(update))
            {
                return new AttemptResult(AttemptOutcome.Overloaded);
            }

            await ReadParkedOnceAsync(cancellationToken);
            var context = new DeliveryContext(Epoch: null, IsHeld: () => true, _stopping.Token, cancellationToken);
            var mine = new InFlightUpdate(update, DeliveryOrigin.Pushed, context, timeProvider);
            InFlightUpdate pending = Begin(mine);
            AttemptResult result = await (hasRoom ? AnswerAsync(pending, options.AcknowledgeAfter) : AnswerAtOnceAsync(pending));
            return pending == mine ? result : result with { Reply = default };
        }
        finally
        {
            Interlocked.Decrement(ref _accepted);
        }
    }

    /// <summary>
    /// Goes on with the parked updates of earlier runs, and of instances that ended. Those that are read come before the updates that
    /// begin after this call.
    /// </summary>
    /// <param name="context">The conditions. Without a lock, another instance may go on with its own parked updates.</param>
    /// <returns>The updates that are being delivered from now on.</returns>
    public Task<IReadOnlyList<InFlightUpdate>> ResumeAsync(DeliveryContext context)
    {
        lock (_gate)
        {
            return _resuming = ResumeAfterAsync(_resuming, context);
        }
    }

    /// <summary>Goes on with a parked update.</summary>
    /// <param name="update">The update.</param>
    /// <param name="context">The conditions.</param>
    /// <param name="begunAt">When the run began that goes on with the update.</param>
    /// <returns>The update that is being delivered; <see langword="null"/> when it is not readable and became a dead letter.</returns>
    public async Task<InFlightUpdate?> ResumeAsync(ParkedUpdate update, DeliveryContext context, long begunAt)
    {
        ReceivedUpdate received;
        try
        {
            received = ReceivedUpdate.Parse(update.Raw);
        }
        catch (UnreadableUpdateException error)
        {
            if (await attempts.TryDeadLetterAsync(update.Raw, error, context.CancellationToken))
            {
                await parked.RemoveAsync(update.UpdateId);
            }

            return null;
        }

        bool isNew = parked.Take(update);
        var mine = new InFlightUpdate(received, DeliveryOrigin.Parked, context, timeProvider)
        {
            ArrivedAt = begunAt,
            ArrivalTime = update.ArrivedAt,
            NotBefore = update.NextAttemptAt(timeProvider.GetUtcNow()),
        };
        InFlightUpdate pending = Begin(mine);
        if (pending != mine && isNew)
        {
            // Another instance has parked the update, and this instance, which has it from Telegram, may leave it: it must be read again then.
            parked.Leave(update.UpdateId);
        }

        return pending;
    }

    /// <summary>The lane of a parked update.</summary>
    public UpdateKey LaneOf(ParkedUpdate update)
    {
        try
        {
            return KeyOf(ReceivedUpdate.Parse(update.Raw));
        }
        catch (UnreadableUpdateException)
        {
            return UpdateKey.Own(update.UpdateId);
        }
    }

    /// <summary>
    /// Ends the delivery of pushed and parked updates for a stop: waits for another attempt end, running handlers finish. The caller
    /// has seen to it that no further update begins, and cancels the handlers when their time is over.
    /// </summary>
    public async Task StopAsync()
    {
        _stopping.Cancel();
        await Task.WhenAll(_pending.Values.Select(pending => EndOf(pending.Ended)));
    }

    /// <summary>Writes a dead letter for data from Telegram that is not an update, and retries until it is written.</summary>
    /// <returns>Whether the dead letter is written; <see langword="false"/> only after a cancellation.</returns>
    public async Task<bool> DeadLetterAsync(ReadOnlyMemory<byte> raw, UnreadableUpdateException error, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(FirstDelay, MaxDelay, random);
        while (!await attempts.TryDeadLetterAsync(raw, error, cancellationToken))
        {
            await Task.Delay(backoff.Next(), timeProvider, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Tries once to write a dead letter for data from Telegram that is not an update.</summary>
    /// <returns>Whether the dead letter was written.</returns>
    public Task<bool> TryDeadLetterAsync(ReadOnlyMemory<byte> raw, UnreadableUpdateException error, CancellationToken cancellationToken) =>
        attempts.TryDeadLetterAsync(raw, error, cancellationToken);

    /// <summary>
    /// Reads the store when an earlier reading is over: of two readings at once, the second would leave out what the first has just
    /// taken, and might begin the later updates of a lane before it.
    /// </summary>
    private async Task<IReadOnlyList<InFlightUpdate>> ResumeAfterAsync(Task earlier, DeliveryContext context)
    {
        await Task.Yield();
        await earlier.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        var resumed = new List<InFlightUpdate>();
        if (parked.IsPossible && await parked.ReadAsync(context.StoppingToken) is { } updates)
        {
            await parkedLanes.ForgetSettledAsync(updates.Select(update => update.UpdateId).ToHashSet());
            foreach (ParkedUpdate update in updates)
            {
                if (await ResumeAsync(update, context, timeProvider.GetTimestamp()) is { } pending)
                {
                    resumed.Add(pending);
                }
            }
        }

        return resumed;
    }

    private InFlightUpdate Begin(InFlightUpdate pending)
    {
        InFlightUpdate known = _pending.GetOrAdd(pending.Update.Id, pending);
        if (known == pending)
        {
            UpdateKey lane = KeyOf(pending.Update);
            _ = _lanes.RunAsync(lane, before => DeliverAsync(pending, lane, before));
        }

        return known;
    }

    /// <summary>The lane of an update: one of its own if its handler does not wait for other updates.</summary>
    private UpdateKey KeyOf(ReceivedUpdate update)
    {
        try
        {
            return handlers.AnyOutOfOrder && handlers.Find(update) is { Handler.IsOutOfOrder: true } ? UpdateKey.Own(update.Id) : update.Key;
        }
        catch (Exception)
        {
            // The attempt meets the same exception, and decides what follows from it.
            return update.Key;
        }
    }

    /// <returns>Whether the update is settled.</returns>
    private async Task<bool> DeliverAsync(InFlightUpdate pending, UpdateKey lane, Task? before)
    {
        DeliveryTelemetry.Record record = telemetry.Begin(pending);
        Task turn = UpdateLanes.EndOf(before);
        if (!turn.IsCompleted)
        {
            await turn.WaitAsync(pending.Context.CancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
            if (!turn.IsCompleted)
            {
                // The update is left without its turn. Later updates of the lane still wait for the earlier update.
                await EndAsync(pending, lane, new AttemptResult(AttemptOutcome.Cancelled), record);
                await turn;
                return false;
            }
        }

        AttemptResult result = await RunAsync(pending, lane, before);
        await EndAsync(pending, lane, result, record);
        return result.IsSettled;
    }

    private async ValueTask EndAsync(InFlightUpdate pending, UpdateKey lane, AttemptResult result, DeliveryTelemetry.Record record)
    {
        bool isStored = await pending.BeginEndAsync();
        if (isStored)
        {
            await (result.IsSettled ? parked.RemoveAsync(pending.Update.Id) : Task.CompletedTask);
            parked.Leave(pending.Update.Id);
        }

        _pending.TryRemove(new KeyValuePair<int, InFlightUpdate>(pending.Update.Id, pending));
        await parkedLanes.EndAsync(lane, pending, result);
        telemetry.End(record, pending, result);
        pending.End(result);
    }

    private async ValueTask<AttemptResult> RunAsync(InFlightUpdate pending, UpdateKey lane, Task? before)
    {
        if (await IsBehindAsync(pending, lane, before))
        {
            return new AttemptResult(pending.Origin != DeliveryOrigin.Pushed || _stopping.IsCancellationRequested ? AttemptOutcome.Cancelled
                : await loop.ParkAsync(pending) ? AttemptOutcome.Parked
                : AttemptOutcome.Unavailable);
        }

        return await loop.RunAsync(pending);
    }

    /// <summary>
    /// Whether an earlier update of the lane was left to a later run or to another receiver. That happens when a stop ends its wait, when
    /// a request to the webhook leaves it to Telegram, and without the lock, when another instance is handling it. The update must not
    /// overtake it.
    /// </summary>
    private async ValueTask<bool> IsBehindAsync(InFlightUpdate pending, UpdateKey lane, Task? before)
    {
        bool isStopping = pending.Context.StoppingToken.IsCancellationRequested;
        return ((isStopping || pending.Origin != DeliveryOrigin.Pushed) && before is Task<bool> { IsCompletedSuccessfully: true, Result: false })
            || ((isStopping || pending.Context.Epoch is null) && await parkedLanes.HoldsAsync(lane, pending));
    }

    /// <summary>
    /// Reads the parked updates before the first pushed update, which may belong to the same lane, and after a pause of the pushed
    /// updates, during which another instance may have received.
    /// </summary>
    private Task ReadParkedOnceAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            long last = _lastPush;
            _lastPush = timeProvider.GetTimestamp();
            return _read is null || timeProvider.GetElapsedTime(last, _lastPush) > _longPause ? _read = ReadParkedAsync(cancellationToken) : _read;
        }
    }

    /// <summary>Goes on with the parked updates, or remembers their lanes where a run must go on with them.</summary>
    private async Task ReadParkedAsync(CancellationToken cancellationToken)
    {
        // The caller holds the gate, so the store must not be called in its call.
        await Task.Yield();
        if (parked.OutlivesRequests)
        {
            await ResumeAsync(new DeliveryContext(Epoch: null, IsHeld: () => true, _stopping.Token, cancellationToken));
        }
        else if (parked.IsPossible && await parked.ReadAsync(_stopping.Token) is { } updates)
        {
            foreach (ParkedUpdate update in updates)
            {
                parkedLanes.Add(LaneOf(update), update.UpdateId);
            }
        }
    }

    /// <summary>Waits until a pushed update may be confirmed, and parks it when that takes too long.</summary>
    private async Task<AttemptResult> AnswerAsync(InFlightUpdate pending, TimeSpan patience)
    {
        TimeSpan wait = patience;
        long startedAt = timeProvider.GetTimestamp();
        // Where work cannot outlive its request, the answer waits until the claim of a parked update is released.
        Task answerable = EndOf(parked.OutlivesRequests ? pending.Kept : pending.Ended);
        while (!answerable.IsCompleted && timeProvider.GetElapsedTime(startedAt) < MaxAnswerTime)
        {
            await answerable.WaitAsync(wait, timeProvider, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
            if (!pending.Kept.IsCompleted && parked.OutlivesRequests && !pending.IsWaitingForSlot)
            {
                await ParkUnansweredAsync(pending);
            }

            wait = OverloadDelay;
        }

        return pending.Ended.IsCompleted ? await pending.Ended : new AttemptResult(pending.IsParked ? AttemptOutcome.Parked : AttemptOutcome.Busy);
    }

    /// <summary>
    /// Waits in the context of the caller. Otherwise a wait with a limit, or for many updates, would end on the thread pool, and the
    /// simulation would not decide the order of what follows.
    /// </summary>
    private static async Task EndOf(Task task) => await task;

    /// <summary>Parks an update for which there is no room, and which Telegram would drop soon.</summary>
    private async Task<AttemptResult> AnswerAtOnceAsync(InFlightUpdate pending)
    {
        await ParkUnansweredAsync(pending);
        return pending.IsParked ? new AttemptResult(AttemptOutcome.Parked) : await AnswerAsync(pending, options.AcknowledgeAfter);
    }

    /// <summary>Parks an update whose handler has not answered the request so far. From then on a reply is sent in a call of its own.</summary>
    private async Task ParkUnansweredAsync(InFlightUpdate pending)
    {
        // Otherwise the handler has just given its reply, which goes out with the answer, or another request of the update parks it.
        if (!pending.TryTakeAnswer())
        {
            return;
        }

        if (await loop.ParkAsync(pending))
        {
            pending.Reply?.Close();
        }
        else
        {
            pending.ReturnAnswer();
        }
    }

    /// <summary>Whether Telegram may drop the update before its next delivery.</summary>
    private bool MayExpireSoon(ReceivedUpdate update) =>
        parked.OutlivesRequests && (update.IsShortLived || timeProvider.GetUtcNow() + OverloadDelay > update.ExpiresAt(timeProvider.GetUtcNow()));
}
