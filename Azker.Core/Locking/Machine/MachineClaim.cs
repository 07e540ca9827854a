namespace Azker.Core.Locking.Machine;

/// <summary>
/// The name of the machine and the name of the group, which one holder has together. As long as a paused process of the group has them,
/// the claim tries again each second.
/// </summary>
internal sealed class MachineClaim : IDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly IMachineMarks _marks;
    private readonly string _name;
    private readonly string? _group;
    private readonly LockHolder _holder;
    private readonly ITimer _retry;
    private IDisposable? _machineMark;
    private IDisposable? _groupMark;
    private bool _isReleased;

    public MachineClaim(IMachineMarks marks, string name, string? group, LockHolder holder, TimeProvider timeProvider)
    {
        (_marks, _name, _group, _holder) = (marks, name, group, holder);
        _retry = timeProvider.CreateTimer(_ => TryAgain(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <returns>Whether this holder has the name of the machine.</returns>
    public bool TryTake()
    {
        lock (_gate)
        {
            if (_isReleased)
            {
                return false;
            }

            _machineMark ??= _marks.TryTake(_name, _holder);
            if (_machineMark is not null && _group is not null)
            {
                _groupMark ??= _marks.TryTake($"{_name}-{_group}", _holder);
            }

            _retry.Change(_machineMark is null ? Retry : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return _machineMark is not null;
        }
    }

    private void TryAgain()
    {
        try
        {
            TryTake();
        }
        catch (InstanceLockException)
        {
            // The receiver lock is held, and protects the bot without the name of the machine.
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isReleased = true;
            _retry.Dispose();
            _groupMark?.Dispose();
            _machineMark?.Dispose();
        }
    }
}
