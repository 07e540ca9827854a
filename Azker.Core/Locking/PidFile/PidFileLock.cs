using Azker.Core.Configuration;
using Azker.Core.Infrastructure;
using Azker.Core.Locking.OsLock;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Locking.PidFile;

/// <summary>
/// The receiver lock of a local run: one instance per data directory. An OS lock on <c>bot.lock</c> decides; the kernel
/// frees it when the process ends in any way. <c>bot.pid</c> names the holder, with the bare PID on its first line.
/// </summary>
internal sealed partial class PidFileLock(AzkerOptions options, TimeProvider timeProvider, ILogger<PidFileLock> logger) : IInstanceLock
{
    private static readonly TimeSpan StandbyPoll = TimeSpan.FromMilliseconds(100);

    private readonly LockDirectory _directory = new(options.Storage.DataDirectory);
    private readonly string _instance = Guid.NewGuid().ToString("N");
    private long _lastEpoch;
    private bool _hasWarned;

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
        return Task.FromResult(HolderQuery.Find(_directory.PidPath));
    }

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
        LockFile? lockFile = LockFile.TryOpen(_directory);
        HeldLock? held = null;
        try
        {
            return lockFile is null ? null : held = Take(lockFile);
        }
        finally
        {
            if (held is null)
            {
                lockFile?.Dispose();
            }
        }
    }

    private HeldLock Take(LockFile lockFile)
    {
        if (!lockFile.IsExclusive())
        {
            throw LockFault.NoOsLocks(_directory.FullPath);
        }

        // Under the OS lock, any bot.pid was left by a holder that is gone.
        PidFileRecord? last = _directory.CheckFile(_directory.PidPath) is null ? null : PidFileStore.Read(_directory.PidPath)?.Record;
        PidFileRecord record = Compose(Math.Max(last?.Holder.Epoch ?? 0, lockFile.ReadEpoch()));
        lockFile.WriteEpoch(record.Holder.Epoch);
        AtomicFile.RemoveLeftovers(_directory.PidPath);
        HeldFile pidFile = PidFileStore.Replace(_directory.PidPath, record);
        _lastEpoch = record.Holder.Epoch;
        Log.Taken(logger, _directory.LockPath, _lastEpoch);
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
        [LoggerMessage(101, LogLevel.Debug, "The receiver lock was taken with an OS lock on {Path}, epoch {Epoch}.")]
        public static partial void Taken(ILogger logger, string path, long epoch);

        [LoggerMessage(102, LogLevel.Warning,
            "Every user can write in {Directory}, so every user could remove the lock. Run 'chmod o-w' on it, or point DATA_DIR at another directory.")]
        public static partial void OpenToAll(ILogger logger, string directory);
    }
}
