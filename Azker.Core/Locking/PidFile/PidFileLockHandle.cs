using Azker.Core.Infrastructure;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Locking.PidFile;

/// <summary>A held <see cref="PidFileLock"/>. It watches that its lock file stays in place, once a second and at every question.</summary>
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
            // The record goes first: after the unlock, what is there may be the next holder's.
            if (End())
            {
                _held.Dispose();
                Log.Released(_logger, Holder.Epoch);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The work may still run for a moment, so the OS lock is left to the kernel, which frees it when nothing runs any more.</summary>
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
            Log.RecordStays(_logger, e);
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
                    Log.RecordRestored(_logger);
                }
            }
            catch (InstanceLockException e)
            {
                Log.RecordNotRestored(_logger, e);
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

        // On a thread of its own: a registration may block or throw, and a starved pool must not delay it.
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
        [LoggerMessage(201, LogLevel.Debug, "Released the lock of epoch {Epoch}")]
        public static partial void Released(ILogger logger, long epoch);

        [LoggerMessage(202, LogLevel.Error, "The lock is lost: {Reason}")]
        public static partial void Lost(ILogger logger, string reason);

        [LoggerMessage(203, LogLevel.Error, "What was to happen when the lock is lost failed")]
        public static partial void LostCallbackFailed(ILogger logger, Exception exception);

        [LoggerMessage(204, LogLevel.Warning, "bot.pid was removed or replaced while the lock was held, and was written again")]
        public static partial void RecordRestored(ILogger logger);

        [LoggerMessage(205, LogLevel.Warning, "bot.pid was removed or replaced while the lock was held, and cannot be written again")]
        public static partial void RecordNotRestored(ILogger logger, Exception exception);

        [LoggerMessage(206, LogLevel.Warning, "bot.pid cannot be removed; the next holder replaces it")]
        public static partial void RecordStays(ILogger logger, Exception exception);
    }
}
