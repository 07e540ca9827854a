using Azker.Core.Locking;

namespace Azker.Simulation.Rules;

/// <summary>A handle without a lock, which is never lost.</summary>
internal sealed class FreeHandle(TimeProvider timeProvider) : IInstanceLockHandle
{
    public LockHolder Holder { get; } = new(
        1, "nowhere", "nobody", 123456, timeProvider.GetUtcNow().ToUnixTimeSeconds(), timeProvider.GetUtcNow(), timeProvider.GetUtcNow(), "0");

    public CancellationToken Lost => CancellationToken.None;

    public string? LostReason => null;

    public TimeSpan Remaining => TimeSpan.MaxValue;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
