using Azker.Core.Infrastructure;

namespace Azker.Core.Locking.OsLock;

/// <summary>
/// A file kept open together with the path at which it has to stay. An OS lock belongs to the open file, not to its
/// name: once the name leads elsewhere, another instance can lock what is there.
/// </summary>
internal sealed class HeldFile(FileStream stream, string path) : IDisposable
{
    private readonly FileIdentity _identity = FileStat.OfHandle(stream.SafeFileHandle, path).Identity;

    public FileStream Stream => stream;

    public string Path => path;

    /// <returns>
    /// Why the path is proven not to lead to this file any more; <see langword="null"/> while it does, and also while
    /// that cannot be found out: not knowing is no proof.
    /// </returns>
    public string? FindLoss()
    {
        try
        {
            return FileStat.OfPath(path) switch
            {
                null => $"{path} was removed or renamed while the lock on it was held",
                { } stat when stat.Kind != FileKind.Regular || stat.Identity != _identity => $"{path} was replaced while the lock on it was held",
                _ => null,
            };
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            return null;
        }
    }

    /// <summary>Removes the file, unless what is at the path is no longer this one.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The right is missing.</exception>
    public void Remove()
    {
        if (FindLoss() is null)
        {
            File.Delete(path);
        }
    }

    public void Dispose() => stream.Dispose();
}
