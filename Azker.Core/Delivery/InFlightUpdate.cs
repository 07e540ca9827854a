using Azker.Core.Handling;
using Azker.Core.Updates;

namespace Azker.Core.Delivery;

/// <summary>An update from its arrival at this instance until it is settled, or left to the next receiver.</summary>
internal sealed class InFlightUpdate(ReceivedUpdate update, DeliveryOrigin origin, DeliveryContext context, TimeProvider timeProvider)
{
    private readonly TaskCompletionSource<bool> _kept = KeptFrom(origin);
    private readonly TaskCompletionSource<AttemptResult> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private Task<bool>? _parking;
    private bool _isEnding;
    private int _isAnswered;

    public ReceivedUpdate Update => update;

    public DeliveryOrigin Origin => origin;

    public DeliveryContext Context => context;

    /// <summary>When the request, the poll or the run began that brought the update, by a clock that measures spans.</summary>
    public long ArrivedAt { get; init; } = timeProvider.GetTimestamp();

    /// <summary>When the update arrived, UTC.</summary>
    public DateTimeOffset ArrivalTime { get; init; } = timeProvider.GetUtcNow();

    /// <summary>When the first attempt is allowed, UTC; <see langword="null"/> for at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Takes the reply of the handler that runs now; <see langword="null"/> when no answer can carry a reply.</summary>
    public ReplySlot? Reply { get; private set; }

    /// <summary>Whether the update is in the store of parked updates.</summary>
    public bool IsParked { get; private set; } = origin == DeliveryOrigin.Parked;

    /// <summary>Whether the update has reached the head of its lane and waits for a slot, without an attempt so far.</summary>
    public bool IsWaitingForSlot { get; set; }

    /// <summary>
    /// Ends when the update is settled or parked, so that it may be confirmed to Telegram, or when it is left to the next receiver.
    /// </summary>
    /// <value>Whether it may be confirmed.</value>
    public Task<bool> Kept => _kept.Task;

    /// <summary>Ends with the result of the last attempt, when this instance does not go on with the update.</summary>
    public Task<AttemptResult> Ended => _ended.Task;

    /// <summary>Parks the update, once however many callers ask, unless it is ending.</summary>
    /// <param name="park">Stores the update.</param>
    /// <returns>Whether it is parked.</returns>
    public Task<bool> ParkAsync(Func<Task<bool>> park)
    {
        lock (_gate)
        {
            return _isEnding || IsParked ? Task.FromResult(IsParked) : _parking ??= ParkOnceAsync(park);
        }
    }

    /// <summary>Begins the end: from now on the update is not parked any more. Waits for a caller that is parking it.</summary>
    /// <returns>Whether the update is in the store.</returns>
    public async ValueTask<bool> BeginEndAsync()
    {
        Task<bool>? parking;
        lock (_gate)
        {
            _isEnding = true;
            parking = _parking;
        }

        return (parking is not null && await parking) || IsParked;
    }

    /// <summary>This instance does not go on with the update.</summary>
    public void End(AttemptResult result)
    {
        // The other party is the request, which looks for the result as soon as the update is kept.
        _ended.TrySetResult(result);
        _kept.TrySetResult(result.IsSettled || IsParked);
    }

    /// <summary>Makes the slot for the reply of the next attempt.</summary>
    /// <returns>The slot; <see langword="null"/> when there is no request, or when it was answered.</returns>
    public ReplySlot? OpenReply() => Reply = origin == DeliveryOrigin.Pushed && Volatile.Read(ref _isAnswered) == 0 ? new ReplySlot() : null;

    /// <summary>Takes the right to answer the request that brought the update. One caller gets it.</summary>
    public bool TryTakeAnswer() => Interlocked.Exchange(ref _isAnswered, 1) == 0;

    /// <summary>Gives the right to answer back.</summary>
    public void ReturnAnswer() => Volatile.Write(ref _isAnswered, 0);

    /// <summary>An update from the store may be confirmed at once when it arrives again: the answer that confirmed it was lost.</summary>
    private static TaskCompletionSource<bool> KeptFrom(DeliveryOrigin origin)
    {
        var kept = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (origin == DeliveryOrigin.Parked)
        {
            kept.SetResult(true);
        }

        return kept;
    }

    private async Task<bool> ParkOnceAsync(Func<Task<bool>> park)
    {
        // The caller holds the gate, so the store must not be called in its call.
        await Task.Yield();
        bool isParked = await park();
        lock (_gate)
        {
            IsParked = isParked;
            _parking = null;
        }

        if (isParked)
        {
            _kept.TrySetResult(true);
        }

        return isParked;
    }
}
