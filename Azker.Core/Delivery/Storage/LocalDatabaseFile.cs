using System.Globalization;
using Azker.Core.Infrastructure;
using Azker.Core.Locking.OsLock;

namespace Azker.Core.Delivery.Storage;

/// <summary>
/// The file of a local database; <c>-wal</c> and <c>-shm</c>, which SQLite keeps beside it; and <c>.lock</c>, whose OS lock
/// lets one process at a time replace a corrupt file.
/// </summary>
internal sealed class LocalDatabaseFile(string path)
{
    private const string Log = "-wal";
    private const string Index = "-shm";
    private const UnixFileMode DirectoryMode = RawFile.OwnerOnly | UnixFileMode.UserExecute;

    private readonly string _lockPath = path + ".lock";
    private FileIdentity? _prepared;

    public string FullPath => path;

    /// <summary>Creates the file if it is missing. SQLite gives its own files the same rights.</summary>
    /// <exception cref="LocalDatabaseException">The file must not be used.</exception>
    public void Prepare()
    {
        CreateDirectory(Path.GetDirectoryName(path)!);
        if (!HasOsLocks())
        {
            throw Refuse("OS locks do not work there. Point DATA_DIR at a local disk; unset DOTNET_SYSTEM_IO_DISABLEFILELOCKING if it is set");
        }

        if (FileStat.OfPath(path) is null)
        {
            Create();
        }

        if (FileStat.OfPath(path) is not { Kind: FileKind.Regular } stat)
        {
            throw Refuse("it is not a regular file. Remove it");
        }

        if (!OperatingSystem.IsWindows() && stat.Mode != RawFile.OwnerOnly)
        {
            File.SetUnixFileMode(path, RawFile.OwnerOnly);
        }

        _prepared = stat.Identity;
    }

    /// <summary>Whether the path still leads to the file that was prepared last.</summary>
    public bool IsInPlace() => FileStat.OfPath(path) is { } stat && stat.Identity == _prepared;

    /// <summary>Excludes other processes from replacing the file.</summary>
    /// <returns>The lock; <see langword="null"/> when another process has it.</returns>
    public FileStream? TryLock()
    {
        try
        {
            return RawFile.Open(_lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (FileFault.IsBusy(error))
        {
            return null;
        }
    }

    /// <summary>Renames the file and its log, so that a person can examine them together.</summary>
    /// <returns>The new path.</returns>
    public string MoveAside(DateTimeOffset now)
    {
        string copy = string.Create(CultureInfo.InvariantCulture, $"{path}.corrupt-{now:yyyyMMddTHHmmssfff}");
        // The log is first. The other party: a process that opens the file at this moment, and notices when the file moves too.
        if (File.Exists(path + Log))
        {
            File.Move(path + Log, copy + Log);
        }

        File.Move(path, copy);
        File.Delete(path + Index);
        return copy;
    }

    /// <returns>The exception that says why the file cannot be used.</returns>
    public LocalDatabaseException Refuse(string finding, Exception? cause = null) => new($"{path} cannot be used: {finding}.", cause);

    private static void CreateDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else if (!Directory.Exists(directory))
        {
            Directory.CreateDirectory(directory, DirectoryMode);
        }
    }

    /// <summary>On a network file system a second open succeeds while the first is open, and SQLite would not work either.</summary>
    private bool HasOsLocks()
    {
        using FileStream? first = TryLock();
        if (first is null)
        {
            return true;
        }

        using FileStream? second = TryLock();
        return second is null;
    }

    private void Create()
    {
        try
        {
            RawFile.Open(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite).Dispose();
        }
        catch (IOException error) when (FileFault.IsExisting(error))
        {
            // The other party: a process that opens the database for the first time too.
        }
    }
}
