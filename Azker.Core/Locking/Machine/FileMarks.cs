using Azker.Core.Infrastructure;

namespace Azker.Core.Locking.Machine;

/// <summary>
/// The marks on macOS and Windows, and on Linux without abstract sockets: files with an OS lock in a directory that all users share. A user who may only read the file of
/// another user locks it all the same, so nothing is written to it; the holder is described in a file beside it.
/// </summary>
internal sealed class FileMarks(string directory) : IMachineMarks
{
    public IDisposable? TryTake(string name, LockHolder holder)
    {
        try
        {
            Directory.CreateDirectory(directory);
            if (TryOpen(name, FileMode.OpenOrCreate) is not { } file)
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
            using FileStream? file = TryOpen(name, FileMode.Open);
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
            return Task.FromResult(HolderJson.Read(File.ReadAllBytes(DescriptionPath(name)), seenProcessId: 0));
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            return Task.FromResult<LockHolder?>(null);
        }
    }

    /// <returns>The locked file; <see langword="null"/> when a process has it.</returns>
    private FileStream? TryOpen(string name, FileMode mode)
    {
        try
        {
            return RawFile.Open(Path.Combine(directory, $"{name}.lock"), mode, FileAccess.Read, FileShare.None, RawFile.Readable);
        }
        catch (IOException error) when (FileFault.IsBusy(error))
        {
            return null;
        }
    }

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
