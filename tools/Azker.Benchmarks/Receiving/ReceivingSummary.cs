using Azker.Chaos;

namespace Azker.Benchmarks.Receiving;

/// <summary>The outcome of all scripts: <c>lost</c>, <c>conflicts</c>, <c>duplicates</c> and the violations must be 0.</summary>
/// <remarks>
/// A 409 to a paused process does not count in <c>conflicts</c>: the process cannot close the connection of the poll that it
/// sent while it held the lock, so the server answers 409 to that process and not to its successor. If the process polls
/// again without the lock after the pause, it ends the successor's poll, and the 409 to the successor counts.
/// </remarks>
internal sealed record ReceivingSummary(
    int Scripts,
    int Troubles,
    int Sent,
    int Handled,
    int Lost,
    long Conflicts,
    long ConflictsToPaused,
    int Duplicates,
    int RepeatedByKill,
    int RepeatedByPause,
    int RepeatedByCut,
    int Movements,
    double LongestSettlingSeconds,
    double Seconds,
    IReadOnlyList<string> Violations)
{
    public static ReceivingSummary Of(IReadOnlyList<ChaosOutcome> outcomes, TimeSpan elapsed) => new(
        outcomes.Count,
        outcomes.Sum(outcome => outcome.Troubles),
        outcomes.Sum(outcome => outcome.Verdict.Sent),
        outcomes.Sum(outcome => outcome.Verdict.Handled),
        outcomes.Sum(outcome => outcome.Verdict.Lost),
        outcomes.Sum(outcome => outcome.Verdict.Conflicts),
        outcomes.Sum(outcome => outcome.Verdict.ConflictsToPaused),
        outcomes.Sum(outcome => outcome.Verdict.Duplicates),
        outcomes.Sum(outcome => outcome.Verdict.RepeatedByKill),
        outcomes.Sum(outcome => outcome.Verdict.RepeatedByPause),
        outcomes.Sum(outcome => outcome.Verdict.RepeatedByCut),
        outcomes.Sum(outcome => outcome.Verdict.Movements),
        Math.Round(outcomes.Max(outcome => outcome.Settling ?? ChaosRun.SettlingLimit).TotalSeconds, 1),
        Math.Round(elapsed.TotalSeconds, 1),
        [.. outcomes.OrderBy(outcome => outcome.Script.Seed).SelectMany(outcome => outcome.Violations, (outcome, violation) => $"seed {outcome.Script.Seed}: {violation}")]);

    public override string ToString() => string.Join('\n', [
        FormattableString.Invariant($"{Scripts} scripts, {Troubles} troubles, in {Seconds} s"),
        FormattableString.Invariant($"messages: {Sent} sent, {Handled} handled, {Lost} lost; the receiver changed {Movements} times"),
        FormattableString.Invariant($"conflicts: {Conflicts}, and {ConflictsToPaused} to a paused process"),
        FormattableString.Invariant($"answered again: {Duplicates} without a cause, {RepeatedByKill} by a kill, {RepeatedByPause} by a pause, {RepeatedByCut} by a lost connection"),
        FormattableString.Invariant($"all updates were settled at most {LongestSettlingSeconds} s after the last trouble"),
        .. Violations]);
}
