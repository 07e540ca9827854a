namespace Azker.Core.Locking.Machine;

/// <summary>Marks of one kind, and of another kind for a process that cannot take the first kind.</summary>
internal sealed class EitherMarks(IMachineMarks first, IMachineMarks second) : IMachineMarks
{
    public IDisposable? TryTake(string name, LockHolder holder)
    {
        if (second.IsTaken(name))
        {
            return null;
        }

        try
        {
            return first.TryTake(name, holder);
        }
        catch (InstanceLockException)
        {
            return second.TryTake(name, holder);
        }
    }

    public bool IsTaken(string name) => first.IsTaken(name) || second.IsTaken(name);

    public async Task<LockHolder?> ReadAsync(string name, CancellationToken cancellationToken) =>
        await first.ReadAsync(name, cancellationToken) ?? await second.ReadAsync(name, cancellationToken);
}
