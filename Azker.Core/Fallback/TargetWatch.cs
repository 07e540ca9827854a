namespace Azker.Core.Fallback;

/// <summary>
/// Measures from probes how long the target has been in its state. A single failed probe of a healthy target is a blip and does
/// not change the state: with a failback delay of half an hour, every slow answer would restart the wait. It neither waits nor
/// knows the time.
/// </summary>
internal sealed class TargetWatch
{
    private TargetState _state = TargetState.Unhealthy;
    private TimeSpan _since;
    private bool _wasBlip;

    /// <summary>The result of the last probe.</summary>
    public TargetState Last { get; private set; } = TargetState.Unhealthy;

    /// <summary>Adds the result of a probe.</summary>
    /// <returns>Whether the state of the target has changed.</returns>
    public bool Add(TargetState result, TimeSpan now)
    {
        Last = result;
        bool isBlip = _state == TargetState.Healthy && result != TargetState.Healthy && !_wasBlip;
        _wasBlip = isBlip;
        if (isBlip || result == _state)
        {
            return false;
        }

        (_state, _since) = (result, now);
        return true;
    }

    /// <summary>How long the target has been in the state of the last probe; zero in a blip.</summary>
    public TimeSpan LastFor(TimeSpan now) => Last == _state ? now - _since : TimeSpan.Zero;
}
