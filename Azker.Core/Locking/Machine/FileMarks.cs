using Azker.Core.Infrastructure;
using Azker.Core.Locking.OsLock;

namespace Azker.Core.Locking.Machine;

/// <summary>
/// The marks on macOS and Windows, and on Linux without abstract sockets: files with an OS lock in a directory that all users share. A user who may only read the file of
/// another user locks it all the same, so nothing is written to it; the holder is described in a file beside it.
/// </summary>
/// <remarks>Any user may have put something else at these paths: only plain files are opened, since a FIFO would wait for a writer and a link could lead anywhere.</remarks>
internal sealed class FileMarks(string directory) : IMachineMarks
{
    private const int MaxDescription = 4096;

    public IDisposable? TryTake(string name, LockHolder holder)
    {
        try
        {
            Directory.CreateDirectory(directory);
            if (TryOpen(name, mayCreate: true) is not { } file)
            {
                return null;
            }

            Describe(name, holder);
            return file;
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            throw new InstanceLockException($"The lock of this machine cannot be taken in {directory}: {error.Message}", isPermission: error is UnauthorizedAccessException, error);
        }
    }

    public bool IsTaken(string name)
    {
        try
        {
            using FileStream? file = TryOpen(name, mayCreate: false);
            return file is null;
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            return false;
        }
    }

    public Task<LockHolder?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult(ReadDescription(DescriptionPath(name)));
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            return Task.FromResult<LockHolder?>(null);
        }
    }

    /// <returns>The locked file; <see langword="null"/> when a process has it.</returns>
    private FileStream? TryOpen(string name, bool mayCreate)
    {
        string path = Path.Combine(directory, $"{name}.lock");
        try
        {
            // "Open or create" would follow a dangling link and create its target.
            return IsThere(path) || !mayCreate
                ? RawFile.Open(path, FileMode.Open, FileAccess.Read, FileShare.None)
                : RawFile.Open(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, RawFile.Readable);
        }
        catch (IOException error) when (FileFault.IsBusy(error))
        {
            return null;
        }
        catch (IOException error) when (mayCreate && FileFault.IsExisting(error))
        {
            // The other party: a process that created the file at this moment.
            return TryOpen(name, mayCreate: false);
        }
    }

    private static LockHolder? ReadDescription(string path)
    {
        if (!IsThere(path))
        {
            return null;
        }

        using FileStream file = RawFile.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] json = new byte[MaxDescription];
        int length = file.ReadAtLeast(json, json.Length, throwOnEndOfStream: false);
        return HolderJson.Read(json.AsSpan(0, length), seenProcessId: 0);
    }

    /// <returns>Whether there is a file.</returns>
    /// <exception cref="IOException">There is something else.</exception>
    private static bool IsThere(string path) => FileStat.OfPath(path) switch
    {
        null => false,
        { Kind: FileKind.Regular } => true,
        _ => throw new IOException($"{path} is not a plain file."),
    };

    private void Describe(string name, LockHolder holder)
    {
        try
        {
            AtomicFile.Write(DescriptionPath(name), HolderJson.Write(holder), RawFile.Readable);
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            // The description of another user stays. The lock holds without it.
        }
    }

    private string DescriptionPath(string name) => Path.Combine(directory, $"{name}.json");
}
