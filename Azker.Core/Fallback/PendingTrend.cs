namespace Azker.Core.Fallback;

/// <summary>
/// Follows the number of pending updates from look to look. A number that stays the same need not be the same updates: on a busy bot
/// other updates are in flight at each look. Only a number that grows over the whole grace shows that updates pile up. The trend
/// neither waits nor knows the time.
/// </summary>
/// <param name="grace">How long a number is compared with later numbers.</param>
internal sealed class PendingTrend(TimeSpan grace)
{
    private readonly Queue<(TimeSpan At, int Count)> _earlier = new();
    private int? _last;

    /// <summary>Since when the number has not decreased from one look to the next; <see langword="null"/> if it has just decreased or is 0.</summary>
    public TimeSpan? WaitingSince { get; private set; }

    /// <summary>Whether updates are pending, and not fewer than at the look before.</summary>
    public bool IsWaiting => WaitingSince is not null;

    /// <summary>Whether, besides, more updates are pending than at some look in the grace before.</summary>
    public bool IsGrowing { get; private set; }

    /// <summary>Adds the number of pending updates at a look.</summary>
    public void Add(TimeSpan at, int count)
    {
        WaitingSince = count > 0 && count >= _last ? WaitingSince ?? at : null;
        _last = count;
        while (_earlier.Count > 1 && at - _earlier.Peek().At > grace)
        {
            _earlier.Dequeue();
        }

        IsGrowing = IsWaiting && _earlier.Count > 0 && count > _earlier.Min(look => look.Count);
        if (count == 0)
        {
            // The updates of that time are delivered, so a later number is not compared with theirs.
            _earlier.Clear();
        }
        else
        {
            _earlier.Enqueue((at, count));
        }
    }

    /// <summary>Forgets all numbers.</summary>
    public void Clear()
    {
        _earlier.Clear();
        (_last, WaitingSince, IsGrowing) = (null, null, false);
    }
}
