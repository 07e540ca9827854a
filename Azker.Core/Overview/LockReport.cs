using Azker.Core.Locking;

namespace Azker.Core.Overview;

/// <summary>The receiver lock and its holder.</summary>
/// <param name="Kind"><c>file</c> on one machine, <c>lease</c> with a storage account.</param>
/// <param name="Location">Where the lock is.</param>
/// <param name="Holder">The holder; <see langword="null"/> when no instance holds the lock, or the lock cannot be read.</param>
internal sealed record LockReport(string Kind, string Location, LockHolderReport? Holder);

/// <summary>The holder of the receiver lock.</summary>
/// <param name="Pid">Its process ID, on its own machine.</param>
/// <param name="Host">Its machine.</param>
/// <param name="Instance">The ID of its run.</param>
/// <param name="State"><c>held</c>, <c>draining</c> or <c>quarantine</c>.</param>
/// <param name="Mode"><c>polling</c> or <c>webhook</c>; <see langword="null"/> when the lock does not say.</param>
/// <param name="Epoch">The number of the acquisition.</param>
/// <param name="StartedAt">When its process started, UTC.</param>
/// <param name="Since">Since when it has held the lock, UTC.</param>
/// <param name="Version">Its version of Azker.</param>
internal sealed record LockHolderReport(
    int Pid, string Host, string Instance, string State, string? Mode, long Epoch, DateTimeOffset StartedAt, DateTimeOffset Since, string Version)
{
    public static LockHolderReport Of(LockHolder holder) => new(
        holder.ProcessId,
        holder.Host,
        holder.Instance,
        $"{holder.State}".ToLowerInvariant(),
        holder.Mode,
        holder.Epoch,
        holder.StartedAt,
        holder.Since,
        holder.Version);
}
