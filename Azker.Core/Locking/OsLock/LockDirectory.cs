using Azker.Core.Infrastructure;

namespace Azker.Core.Locking.OsLock;

/// <summary>The directory of the lock files, and what has to be true of it and of them before they are used.</summary>
internal sealed class LockDirectory(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private uint? _owner;

    public string FullPath { get; } = Path.GetFullPath(path);

    /// <summary>The file that carries the OS lock and, as its content, the last epoch. It is never removed.</summary>
    public string LockPath => Path.Combine(FullPath, "bot.lock");

    /// <summary>The readable record of the holder.</summary>
    public string PidPath => Path.Combine(FullPath, "bot.pid");

    /// <summary>Creates the directory if it is missing, and checks it.</summary>
    /// <exception cref="InstanceLockException">It cannot be created, or must not be trusted.</exception>
    public void Prepare()
    {
        try
        {
            Create();
            Check(FileStat.OfPath(FullPath, followLink: true));
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw LockFault.From(e, FullPath);
        }
    }

    /// <summary>Checks, without opening it, what is at the path of a lock file.</summary>
    /// <returns>What is there, or <see langword="null"/> when nothing is.</returns>
    /// <exception cref="InstanceLockException">It is not a plain file, or somebody else's.</exception>
    public FileStat? CheckFile(string file)
    {
        if (FileStat.OfPath(file) is not { } stat)
        {
            return null;
        }

        if (stat.Kind != FileKind.Regular)
        {
            string kind = stat.Kind switch
            {
                FileKind.SymbolicLink => "a symbolic link, which is not followed here",
                FileKind.Directory => "a directory",
                _ => "neither a file nor a directory",
            };
            throw LockFault.Refuse(file, $"is {kind}", "Remove it, then start again.");
        }

        if (stat.Owner is { } owner && owner != LinuxStat.EffectiveUser() && owner != _owner)
        {
            throw LockFault.Refuse(
                file,
                $"belongs to user id {owner}, and this process runs as {LinuxStat.EffectiveUser()}",
                "Run Azker as that user, or change the owner of the file, or point DATA_DIR at a directory of its own.",
                isPermission: true);
        }

        return stat;
    }

    /// <summary>
    /// Whoever owns the directory can replace the files in it. Root may use any directory: a container often runs as
    /// root over one that belongs to a user of its host.
    /// </summary>
    public static bool IsTrustedOwner(uint owner, uint user) => owner == user || owner == 0 || user == 0;

    private void Create()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(FullPath);
        }
        else if (FileStat.OfPath(FullPath) is null)
        {
            Directory.CreateDirectory(FullPath, OwnerOnly);
        }
    }

    private void Check(FileStat? found)
    {
        if (found is not { Kind: FileKind.Directory } stat)
        {
            throw LockFault.Refuse(
                FullPath, found is null ? "is a symbolic link to nothing" : "is not a directory", "Remove it, or point DATA_DIR at a directory.");
        }

        uint user = stat.Owner is null ? 0 : LinuxStat.EffectiveUser();
        if (stat.Owner is { } owner && !IsTrustedOwner(owner, user))
        {
            throw LockFault.Refuse(
                FullPath,
                $"belongs to user id {owner}, and this process runs as {user}",
                "Run Azker as that user, or change the owner of the directory, or point DATA_DIR at another one.",
                isPermission: true);
        }

        if (stat.Mode.HasFlag(UnixFileMode.OtherWrite) && !stat.Mode.HasFlag(UnixFileMode.StickyBit))
        {
            throw LockFault.Refuse(
                FullPath,
                "can be written by every user, so that anyone could take the lock away",
                "Run 'chmod o-w' on it, or point DATA_DIR at a directory below it; Azker creates that one for its own user alone.");
        }

        _owner = stat.Owner;
    }
}
