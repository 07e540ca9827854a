namespace Azker.Core.Locking.OsLock;

/// <summary>The two files of a lock.</summary>
/// <param name="Lock">The file that carries the OS lock and, as its content, the last epoch. It is never removed.</param>
/// <param name="Pid">The readable record of the holder.</param>
internal sealed record LockPaths(string Lock, string Pid);
