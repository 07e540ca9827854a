using Azker.Core.Infrastructure;

namespace Azker.Core.Locking.OsLock;

/// <summary>
/// An open file and the path at which it has to stay. An OS lock belongs to the open file, not to its name: once the name
/// leads to another file, another instance can lock that file.
/// </summary>
internal sealed class HeldFile(FileStream stream, string path) : IDisposable
{
    private readonly FileIdentity _identity = FileStat.OfHandle(stream.SafeFileHandle, path).Identity;

    public FileStream Stream => stream;

    public string Path => path;

    /// <returns>
    /// Why the path provably no longer leads to this file; <see langword="null"/> while it does, and also when that is
    /// unknown: unknown is not lost.
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

    /// <summary>Removes the file, unless another file is at the path.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    /// <exception cref="UnauthorizedAccessException">A permission is missing.</exception>
    public void Remove()
    {
        if (FindLoss() is null)
        {
            File.Delete(path);
        }
    }

    public void Dispose() => stream.Dispose();
}
