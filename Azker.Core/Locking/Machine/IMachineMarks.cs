namespace Azker.Core.Locking.Machine;

/// <summary>
/// Names on this machine that one process has at a time, of whichever user, directory or mount. The system frees a name when its
/// process ends in any way.
/// </summary>
internal interface IMachineMarks
{
    /// <summary>Takes a name.</summary>
    /// <param name="name">Lower-case letters, digits and hyphens.</param>
    /// <param name="holder">The holder, which other processes can read.</param>
    /// <returns>The name, which disposing it frees; <see langword="null"/> when a process has it.</returns>
    IDisposable? TryTake(string name, LockHolder holder);

    /// <summary>Whether a process has the name. The question disturbs nobody who takes the name.</summary>
    bool IsTaken(string name);

    /// <summary>Reads who has the name.</summary>
    /// <returns>The holder, as far as it can be read; <see langword="null"/> when nothing is known.</returns>
    Task<LockHolder?> ReadAsync(string name, CancellationToken cancellationToken);
}
