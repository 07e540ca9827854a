using Azker.Chaos;

namespace Azker.Benchmarks.Receiving;

/// <summary>
/// What came of all scripts. <c>lost</c>, <c>conflicts</c> and <c>duplicates</c> have to be 0, and there must be no violation.
/// A 409 that is sent to a process which stands still is none of the <c>conflicts</c>: it cannot close the connection of the
/// poll that it had sent while the lock was its own, so the server tells it, and not the successor, of the conflict. If it
/// polled again without the lock when it goes on, it would end the successor's poll, and that counts.
/// </summary>
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
        FormattableString.Invariant($"messages: {Sent} sent, {Handled} handled, {Lost} lost; receiving moved {Movements} times"),
        FormattableString.Invariant($"conflicts: {Conflicts}, and {ConflictsToPaused} told to a process that stood still"),
        FormattableString.Invariant($"answered again: {Duplicates} without a cause, {RepeatedByKill} by a kill, {RepeatedByPause} by a pause, {RepeatedByCut} by a cut"),
        FormattableString.Invariant($"all was settled {LongestSettlingSeconds} s after the last trouble, at the latest"),
        .. Violations]);
}
