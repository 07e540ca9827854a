namespace Azker.Chaos.Scripts;

/// <summary>A trouble of a script.</summary>
/// <param name="At">The time from the start of the script to the start of the trouble.</param>
/// <param name="Duration">The duration of the trouble; for a kill, the time until the new start.</param>
/// <param name="Trouble">The kind of trouble.</param>
/// <param name="Victim">The party that the trouble hits.</param>
internal sealed record PlannedTrouble(TimeSpan At, TimeSpan Duration, Trouble Trouble, Victim Victim)
{
    public override string ToString() =>
        FormattableString.Invariant($"at {At.TotalSeconds,4:0.0} s for {Duration.TotalSeconds,4:0.0} s: {Trouble} of {Victim}");
}
