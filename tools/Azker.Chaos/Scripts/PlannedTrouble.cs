namespace Azker.Chaos.Scripts;

/// <summary>One thing that goes wrong, by the plan.</summary>
/// <param name="At">When, from the script's beginning.</param>
/// <param name="Duration">For how long; for a kill, until the new start.</param>
/// <param name="Trouble">What.</param>
/// <param name="Victim">To whom.</param>
internal sealed record PlannedTrouble(TimeSpan At, TimeSpan Duration, Trouble Trouble, Victim Victim)
{
    public override string ToString() =>
        FormattableString.Invariant($"at {At.TotalSeconds,4:0.0} s for {Duration.TotalSeconds,4:0.0} s: {Trouble} of {Victim}");
}
