using Azker.Core.Locking;

namespace Azker.Core.Tests.Shared;

/// <summary>A held lock that a test can lose.</summary>
internal sealed class TestLockHandle : IInstanceLockHandle
{
    private readonly CancellationTokenSource _lost = new();

    public LockHolder Holder { get; } = new(1, "host", "instance", 123456, 7, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, "0");

    public CancellationToken Lost => _lost.Token;

    public string? LostReason { get; private set; }

    public bool IsReleased { get; private set; }

    public TimeSpan Remaining => LostReason is null ? TimeSpan.MaxValue : TimeSpan.Zero;

    /// <summary>Ends the time of the lock without cancelling its token yet.</summary>
    public void Expire(string reason) => LostReason = reason;

    public void Lose(string reason)
    {
        LostReason = reason;
        _lost.Cancel();
    }

    public ValueTask DisposeAsync()
    {
        IsReleased = true;
        _lost.Dispose();
        return ValueTask.CompletedTask;
    }
}
