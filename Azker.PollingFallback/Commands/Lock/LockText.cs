using System.Globalization;
using Azker.Core.Overview;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;

namespace Azker.PollingFallback.Commands.Lock;

/// <summary>The receiver lock as text for people.</summary>
internal static class LockText
{
    public static string Format(LockReport report, DateTimeOffset now) => report.Holder is { } holder
        ? TextTable.Format(
        [
            [Texts.LockLabel, Describe(report)],
            [Texts.LockHolder, HolderOf(holder)],
            [Texts.LockSince, Texts.FormatAgo(TimeOf(holder.Since), AgeText.Of(now - holder.Since))],
            [Texts.LockState, StateOf(holder)],
            [Texts.LockEpoch, holder.Epoch.ToString(CultureInfo.InvariantCulture)],
            [Texts.LockVersion, holder.Version],
        ])
        : TextTable.Format([[Texts.LockLabel, Describe(report)], [Texts.LockHolder, Texts.LockFree]]);

    public static string HolderOf(LockHolderReport holder) => Texts.FormatProcess(holder.Pid, holder.Host);

    public static string StateOf(LockHolderReport holder) => holder.State switch
    {
        "draining" => Texts.LockDraining,
        "quarantine" => Texts.LockQuarantine,
        _ => Texts.LockHeld,
    };

    public static string TimeOf(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Describe(LockReport report) => report.Kind == "lease"
        ? Texts.FormatLockLease(report.Location)
        : Texts.FormatLockFile(report.Location);
}
