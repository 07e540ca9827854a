using Azker.Core.Infrastructure;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Locking.PidFile;

/// <summary>A held <see cref="PidFileLock"/>. It checks once a second, and at every query, that its lock file is still in place.</summary>
internal sealed partial class PidFileLockHandle : IInstanceLockHandle
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly HeldLock _held;
    private readonly ILogger _logger;
    private readonly ITimer _watch;
    private bool _isReleased;
    private string? _lostReason;

    public PidFileLockHandle(HeldLock held, TimeProvider timeProvider, ILogger logger)
    {
        _held = held;
        _logger = logger;
        AppDomain.CurrentDomain.ProcessExit += OnProcessEnd;
        AppDomain.CurrentDomain.UnhandledException += OnProcessEnd;
        _watch = timeProvider.CreateTimer(_ => Watch(), null, WatchInterval, WatchInterval);
    }

    public LockHolder Holder => _held.Holder;

    public CancellationToken Lost => _lost.Token;

    public string? LostReason
    {
        get
        {
            lock (_gate)
            {
                return _lostReason;
            }
        }
    }

    public TimeSpan Remaining
    {
        get
        {
            lock (_gate)
            {
                return IsHeld() ? TimeSpan.MaxValue : TimeSpan.Zero;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            // The record is removed before the unlock: after that, the file may be the next holder's.
            if (End())
            {
                _held.Dispose();
                Log.Released(_logger, Holder.Epoch);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The work may still run for a moment, so the kernel frees the OS lock, when the process has ended.</summary>
    private void OnProcessEnd(object? sender, EventArgs e)
    {
        lock (_gate)
        {
            End();
        }
    }

    private bool End()
    {
        if (_isReleased)
        {
            return false;
        }

        _isReleased = true;
        _watch.Dispose();
        AppDomain.CurrentDomain.ProcessExit -= OnProcessEnd;
        AppDomain.CurrentDomain.UnhandledException -= OnProcessEnd;
        try
        {
            _held.RemoveRecord();
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            Log.RecordStays(_logger, _held.RecordName, e);
        }

        return true;
    }

    private void Watch()
    {
        lock (_gate)
        {
            if (!IsHeld())
            {
                return;
            }

            try
            {
                if (_held.RestoreRecord())
                {
                    Log.RecordRestored(_logger, _held.RecordName);
                }
            }
            catch (InstanceLockException e)
            {
                Log.RecordNotRestored(_logger, _held.RecordName, e);
            }
        }
    }

    private bool IsHeld()
    {
        if (_isReleased || _lostReason is not null)
        {
            return false;
        }

        _lostReason = _held.FindLoss();
        if (_lostReason is null)
        {
            return true;
        }

        _watch.Dispose();
        Log.Lost(_logger, _lostReason);

        // On its own thread: a callback may block or throw, and an exhausted thread pool must not delay the cancellation.
        new Thread(RaiseLost) { IsBackground = true, Name = "Azker lock lost" }.Start();
        return false;
    }

    private void RaiseLost()
    {
        try
        {
            _lost.Cancel();
        }
        catch (AggregateException e)
        {
            Log.LostCallbackFailed(_logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1201, LogLevel.Debug, "The receiver lock of epoch {Epoch} was released.")]
        public static partial void Released(ILogger logger, long epoch);

        [LoggerMessage(1202, LogLevel.Error, "The receiver lock is lost: {Reason}. Work under it stops.")]
        public static partial void Lost(ILogger logger, string reason);

        [LoggerMessage(1203, LogLevel.Error, "A callback for the loss of the receiver lock failed.")]
        public static partial void LostCallbackFailed(ILogger logger, Exception exception);

        [LoggerMessage(1204, LogLevel.Warning,
            "{File} was removed or replaced while the receiver lock was held. It was written again. Find the program that does that.")]
        public static partial void RecordRestored(ILogger logger, string file);

        [LoggerMessage(1205, LogLevel.Warning,
            "{File} was removed or replaced while the receiver lock was held, and cannot be written again. The lock stays held, but other "
            + "instances cannot name its holder. Check the disk space and the permissions of DATA_DIR.")]
        public static partial void RecordNotRestored(ILogger logger, string file, Exception exception);

        [LoggerMessage(1206, LogLevel.Warning, "{File} cannot be removed. The next holder replaces it.")]
        public static partial void RecordStays(ILogger logger, string file, Exception exception);
    }
}
