using Azker.Core.Configuration;
using Azker.Core.Infrastructure;
using Azker.Core.Locking.OsLock;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Locking.PidFile;

/// <summary>
/// The receiver lock of a local run: one instance of a bot per data directory. An OS lock on <c>bot.lock</c> decides; the kernel
/// frees it when the process ends in any way. <c>bot.pid</c> names the holder, with the bare PID on its first line.
/// </summary>
/// <remarks>
/// While another bot holds <c>bot.lock</c>, a bot takes <c>bot-{id}.lock</c>. Of two instances of a bot, one on each file, one refuses:
/// the holder of <c>bot-{id}.lock</c> has then seen the other bot's record, and the instance that takes <c>bot.lock</c> looks for that holder.
/// </remarks>
internal sealed partial class PidFileLock(AzkerOptions options, TimeProvider timeProvider, ILogger<PidFileLock> logger) : IInstanceLock
{
    private static readonly TimeSpan StandbyPoll = TimeSpan.FromMilliseconds(100);

    private const int RecordAttempts = 100;
    private readonly LockDirectory _directory = new(options.Storage.DataDirectory);
    private readonly string _instance = Guid.NewGuid().ToString("N");
    private long _lastEpoch;
    private bool _hasWarned;

    private LockPaths First => _directory.First;

    private LockPaths Own => _directory.Of(options.Bot.Token.BotId);

    /// <inheritdoc/>
    public Task<IInstanceLockHandle?> TryAcquireAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            Prepare();
            return Task.FromResult<IInstanceLockHandle?>(TryTake() is { } held ? new PidFileLockHandle(held, timeProvider, logger) : null);
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw LockFault.From(e, _directory.FullPath);
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

            // During a handover there is no holder for a moment; that is not reported.
            LockHolder? holder = await GetHolderAsync(cancellationToken);
            if (isFirst || (holder is not null && holder != reported))
            {
                waitingFor?.Invoke(holder);
                reported = holder;
            }

            await Task.Delay(StandbyPoll, timeProvider, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Prepare();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<LockHolder?> GetHolderAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(FindHolder());
    }

    private LockHolder? FindHolder() => HolderQuery.Find(Own.Pid) ?? HolderQuery.Find(First.Pid);

    private void Prepare()
    {
        _directory.Prepare();
        if (_directory.IsOpenToAll && !_hasWarned)
        {
            _hasWarned = true;
            Log.OpenToAll(logger, _directory.FullPath);
        }
    }

    private HeldLock? TryTake()
    {
        for (int attempt = 1; ; attempt++)
        {
            if (TryTake(First, ReadFreeOwn) is { } first)
            {
                return first;
            }

            // The other party: a holder that has just taken bot.lock, and has not written its record.
            if (FindHolder() is { } holder)
            {
                return holder.BotId == options.Bot.Token.BotId ? null : TryTakeOwn(holder);
            }

            if (attempt == RecordAttempts)
            {
                return null;
            }

            Thread.Yield();
        }
    }

    private HeldLock? TryTakeOwn(LockHolder other)
    {
        HeldLock? held = TryTake(Own, () => FindOther()?.Epoch);
        if (held is not null)
        {
            Log.TakenBesideOther(logger, other.BotId, First.Lock, Own.Lock);
        }

        return held;
    }

    /// <returns>The epoch of this bot's own lock file, 0 when it has none; <see langword="null"/> when an instance holds it.</returns>
    private long? ReadFreeOwn()
    {
        if (_directory.CheckFile(Own.Lock) is null)
        {
            return 0;
        }

        using LockFile? own = LockFile.TryOpen(_directory, Own.Lock);
        return own?.ReadEpoch();
    }

    /// <returns>The other bot that holds <c>bot.lock</c>; <see langword="null"/> when that is not certain.</returns>
    private LockHolder? FindOther() =>
        HolderQuery.Find(First.Pid) is { } holder && holder.BotId != options.Bot.Token.BotId ? holder : null;

    /// <param name="paths">The files to take.</param>
    /// <param name="readOther">
    /// Gives, when the OS lock is held, the last epoch of the files that are not taken; <see langword="null"/> when an instance of this
    /// bot may hold those.
    /// </param>
    private HeldLock? TryTake(LockPaths paths, Func<long?> readOther)
    {
        LockFile? lockFile = LockFile.TryOpen(_directory, paths.Lock);
        HeldLock? held = null;
        try
        {
            return lockFile is null || readOther() is not { } epoch ? null : held = Take(lockFile, paths, epoch);
        }
        finally
        {
            if (held is null)
            {
                lockFile?.Dispose();
            }
        }
    }

    private HeldLock Take(LockFile lockFile, LockPaths paths, long knownEpoch)
    {
        if (!lockFile.IsExclusive())
        {
            throw LockFault.NoOsLocks(_directory.FullPath);
        }

        // Under the OS lock, any record was left by a holder that is gone.
        PidFileRecord? last = _directory.CheckFile(paths.Pid) is null ? null : PidFileStore.Read(paths.Pid)?.Record;
        PidFileRecord record = Compose(Math.Max(knownEpoch, Math.Max(last?.Holder.Epoch ?? 0, lockFile.ReadEpoch())));
        lockFile.WriteEpoch(record.Holder.Epoch);
        AtomicFile.RemoveLeftovers(paths.Pid);
        HeldFile pidFile = PidFileStore.Replace(paths.Pid, record);
        _lastEpoch = record.Holder.Epoch;
        Log.Taken(logger, paths.Lock, _lastEpoch);
        return new HeldLock(lockFile, pidFile, record);
    }

    private PidFileRecord Compose(long recordedEpoch)
    {
        DateTimeOffset now = timeProvider.GetUtcNow();
        long epoch = LockEpoch.Next(recordedEpoch, _lastEpoch, now);
        ProcessIdentity process = ProcessIdentity.Current;
        var holder = new LockHolder(
            process.ProcessId, process.Host, _instance, options.Bot.Token.BotId, epoch, ProcessIdentity.CurrentStart, now, AzkerVersion.Current);
        return new PidFileRecord(holder, process);
    }

    private static partial class Log
    {
        [LoggerMessage(1101, LogLevel.Debug, "The receiver lock was taken with an OS lock on {Path}, epoch {Epoch}.")]
        public static partial void Taken(ILogger logger, string path, long epoch);

        [LoggerMessage(1103, LogLevel.Information, "Another bot, {BotId}, holds {First}. The receiver lock of this bot is {Own}.")]
        public static partial void TakenBesideOther(ILogger logger, long botId, string first, string own);

        [LoggerMessage(1102, LogLevel.Warning,
            "Every user can write in {Directory}, so every user could remove the lock. Run 'chmod o-w' on it, or point DATA_DIR at another directory.")]
        public static partial void OpenToAll(ILogger logger, string directory);
    }
}
