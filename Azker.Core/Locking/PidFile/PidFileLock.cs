using Azker.Core.Infrastructure;
using Azker.Core.Locking.OsLock;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Locking.PidFile;

/// <summary>
/// The receiver lock of a local run: one instance a data directory. An OS lock on <c>bot.lock</c> decides, which the
/// kernel frees when the process ends in whatever way; <c>bot.pid</c> says who holds it, with the bare PID on its first
/// line. Where no OS lock works, the existence of <c>bot.pid</c> decides, and it is cleared away only when its writer
/// is proven dead.
/// </summary>
public sealed partial class PidFileLock : IInstanceLock
{
    private static readonly TimeSpan StandbyPoll = TimeSpan.FromMilliseconds(100);

    private readonly LockDirectory _directory;
    private readonly long _botId;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<PidFileLock> _logger;
    private readonly FileShare _osLock;
    private readonly ILockMode _flockMode;
    private readonly ILockMode _existenceMode;
    private readonly string _instance = Guid.NewGuid().ToString("N");
    private long _ownEpoch;

    /// <summary>Creates the lock; nothing is touched on disk before it is first taken.</summary>
    /// <param name="dataDirectory">The value of <c>DATA_DIR</c>. Created, for its owner alone, when it is missing.</param>
    /// <param name="botId">The Telegram user id of the bot, so that a refused instance can say which bot runs there.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <exception cref="ArgumentException"><paramref name="dataDirectory"/> is empty or not a path.</exception>
    public PidFileLock(string dataDirectory, long botId, TimeProvider timeProvider, ILogger<PidFileLock> logger)
        : this(dataDirectory, botId, timeProvider, logger, FileShare.None)
    {
    }

    /// <param name="dataDirectory">The value of <c>DATA_DIR</c>.</param>
    /// <param name="botId">The Telegram user id of the bot.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <param name="osLock">What to ask of the OS; anything but <see cref="FileShare.None"/> acts like a file system without locks.</param>
    internal PidFileLock(string dataDirectory, long botId, TimeProvider timeProvider, ILogger<PidFileLock> logger, FileShare osLock)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(dataDirectory);
        _directory = new LockDirectory(dataDirectory);
        _botId = botId;
        _timeProvider = timeProvider;
        _logger = logger;
        _osLock = osLock;
        var proof = new ProofOfDeath(logger);
        _flockMode = new FlockMode(_directory, proof);
        _existenceMode = new ExistenceMode(_directory, proof, timeProvider, logger);
    }

    /// <inheritdoc/>
    public async Task<IInstanceLockHandle?> TryAcquireAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (OwnInstances.TryEnter(_instance) is not { } entry)
        {
            return null;
        }

        HeldLock? held = null;
        try
        {
            _directory.Prepare();
            held = await TryTakeAsync(cancellationToken);
            return held is null ? null : new PidFileLockHandle(held, entry, _timeProvider, _logger);
        }
        catch (Exception e) when (LockFault.IsFileFault(e))
        {
            throw LockFault.From(e, _directory.FullPath);
        }
        finally
        {
            if (held is null)
            {
                entry.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public async Task<IInstanceLockHandle> AcquireAsync(Action<LockHolder?>? waitingFor, CancellationToken cancellationToken)
    {
        LockHolder? reported = null;
        for (bool isFirst = true; ; isFirst = false)
        {
            if (await TryAcquireAsync(cancellationToken) is { } handle)
            {
                return handle;
            }

            // Between one holder and the next nobody can be named for a moment; that is no news.
            LockHolder? holder = await GetHolderAsync(cancellationToken);
            if (isFirst || (holder is not null && holder != reported))
            {
                waitingFor?.Invoke(holder);
                reported = holder;
            }

            await Task.Delay(StandbyPoll, _timeProvider, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task<LockHolder?> GetHolderAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(HolderQuery.Find(_directory.PidPath));
    }

    private async Task<HeldLock?> TryTakeAsync(CancellationToken cancellationToken)
    {
        LockFile? lockFile = LockFile.TryOpen(_directory, _osLock);
        if (lockFile is null)
        {
            return null;
        }

        HeldLock? held = null;
        try
        {
            bool hasOsLock = lockFile.IsExclusive();
            ILockMode mode = hasOsLock ? _flockMode : _existenceMode;
            held = await mode.TryTakeAsync(lockFile, epoch => Compose(epoch, isLockItself: !hasOsLock), cancellationToken);
            if (held is not null)
            {
                _ownEpoch = held.Holder.Epoch;
                LogTaken(held.Holder, hasOsLock);
            }

            return held;
        }
        finally
        {
            if (held is null)
            {
                lockFile.Dispose();
            }
        }
    }

    private PidFileRecord Compose(long lastEpoch, bool isLockItself)
    {
        DateTimeOffset now = _timeProvider.GetUtcNow();
        long epoch = LockEpoch.Next(lastEpoch, _ownEpoch, now);
        ProcessIdentity process = ProcessIdentity.Current;
        var holder = new LockHolder(
            process.ProcessId, process.Host, _instance, _botId, epoch, ProcessIdentity.CurrentStart, now, AzkerVersion.Current);
        return new PidFileRecord(holder, process, isLockItself);
    }

    private void LogTaken(LockHolder holder, bool hasOsLock)
    {
        if (hasOsLock)
        {
            Log.TakenByOsLock(_logger, _directory.LockPath, holder.Epoch);
        }
        else
        {
            Log.TakenByExistence(_logger, _directory.PidPath, holder.Epoch);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(101, LogLevel.Debug, "Took the lock by an OS lock on {Path}, epoch {Epoch}")]
        public static partial void TakenByOsLock(ILogger logger, string path, long epoch);

        [LoggerMessage(102, LogLevel.Warning,
            "OS file locks do not work here, so the lock was taken by creating {Path}, epoch {Epoch}. After a crash it is cleared away only "
            + "when its writer is proven dead. Prefer a local file system for DATA_DIR, without DOTNET_SYSTEM_IO_DISABLEFILELOCKING")]
        public static partial void TakenByExistence(ILogger logger, string path, long epoch);
    }
}
