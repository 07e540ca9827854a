using System.Globalization;
using Azker.Core.Infrastructure;

namespace Azker.Core.Locking.OsLock;

/// <summary>The directory of the lock files, and the checks of the directory and the files before they are used.</summary>
internal sealed class LockDirectory(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private uint? _owner;

    public string FullPath { get; } = Path.GetFullPath(path);

    /// <summary>The files of the first bot that uses the directory.</summary>
    public LockPaths First => PathsOf("bot");

    /// <summary>Whether every user may write in the directory, and so remove the lock. Known after <see cref="Prepare"/>.</summary>
    public bool IsOpenToAll { get; private set; }

    /// <summary>The files of a bot while another bot holds <see cref="First"/>.</summary>
    public LockPaths Of(long botId) => PathsOf(string.Create(CultureInfo.InvariantCulture, $"bot-{botId}"));

    /// <summary>Creates the directory if it is missing, and checks it.</summary>
    /// <exception cref="InstanceLockException">The directory cannot be created, or must not be trusted.</exception>
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

    /// <summary>Checks the file at the path of a lock file, without opening it.</summary>
    /// <returns>The file, or <see langword="null"/> when there is none.</returns>
    /// <exception cref="InstanceLockException">It is not a plain file, or belongs to another user.</exception>
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
    /// The owner of the directory can replace the files in it. Root may use any directory: a container often runs as root
    /// on a directory that belongs to a user of its host.
    /// </summary>
    public static bool IsTrustedOwner(uint owner, uint user) => owner == user || owner == 0 || user == 0;

    private LockPaths PathsOf(string name) => new(Path.Combine(FullPath, $"{name}.lock"), Path.Combine(FullPath, $"{name}.pid"));

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
                "Run Azker as that user, or change the owner of the directory, or point DATA_DIR at another directory.",
                isPermission: true);
        }

        // On Azure Files, CIFS, WSL and some volumes of containers all files have such rights, and nobody can change that.
        IsOpenToAll = stat.Mode.HasFlag(UnixFileMode.OtherWrite) && !stat.Mode.HasFlag(UnixFileMode.StickyBit);
        _owner = stat.Owner;
    }
}
