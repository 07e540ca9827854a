namespace Azker.Core.Fallback;

/// <summary>
/// For how long the webhook's program has been as it is, from looks at it. One look in which a well program is not seen well
/// is a blip: with a delay of half an hour, every slow answer would start the wait anew. It neither waits nor knows the time.
/// </summary>
internal sealed class TargetWatch
{
    private TargetState _state = TargetState.Unhealthy;
    private TimeSpan _since;
    private bool _isInDoubt;

    /// <summary>What the last look saw.</summary>
    public TargetState Seen { get; private set; } = TargetState.Unhealthy;

    /// <summary>Adds a look.</summary>
    /// <returns>Whether the program has changed.</returns>
    public bool Add(TargetState seen, TimeSpan now)
    {
        Seen = seen;
        bool isBlip = _state == TargetState.Healthy && seen != TargetState.Healthy && !_isInDoubt;
        _isInDoubt = isBlip;
        if (isBlip || seen == _state)
        {
            return false;
        }

        (_state, _since) = (seen, now);
        return true;
    }

    /// <summary>For how long it has been as the last look saw it; none in a blip.</summary>
    public TimeSpan SeenFor(TimeSpan now) => Seen == _state ? now - _since : TimeSpan.Zero;
}
