using Azker.Core.BotApi;
using Azker.Core.Infrastructure;
using Azker.Core.Locking;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Webhook.Registration;

/// <summary>Deletes the webhook at the end of a run, when no instance is left to receive.</summary>
/// <remarks>
/// The updates in flight may take most of the 30 s of a stop, so the whole removal has 3 s, even if Telegram or the storage is silent.
/// </remarks>
internal sealed partial class WebhookRemoval(
    WebhookRegistration registration,
    ReceiverRecordWriter recordWriter,
    IInstanceLock instanceLock,
    TimeProvider timeProvider,
    ILogger<WebhookRemoval> logger)
{
    /// <summary>When the attempt to take the lock ends, counted from the start of the removal.</summary>
    private static readonly TimeSpan LockEnd = TimeSpan.FromSeconds(1);

    /// <summary>
    /// When the look ends. It leaves 1 s to <c>deleteWebhook</c>: a call that was sent and has no answer may be carried out after the
    /// lock is released, and then removes the webhook of the next holder.
    /// </summary>
    private static readonly TimeSpan LookEnd = TimeSpan.FromSeconds(2);

    /// <summary>When the removal ends.</summary>
    private static readonly TimeSpan End = TimeSpan.FromSeconds(3);

    /// <summary>Takes the lock, and deletes the webhook if it is ours.</summary>
    /// <param name="cancellationToken">Cancels the removal.</param>
    /// <returns>Whether our webhook is no longer registered; a failure is logged.</returns>
    /// <exception cref="InstanceLockLostException">The lock was lost after it had been taken.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        long start = timeProvider.GetTimestamp();
        await using IInstanceLockHandle? handle = await TakeLockAsync(cancellationToken);
        return handle is not null && await RemoveAsync(handle, start, cancellationToken);
    }

    /// <summary>Deletes the webhook if it is ours; the pending updates are kept for the next receiver.</summary>
    /// <param name="handle">The receiver lock.</param>
    /// <param name="cancellationToken">Cancels the removal.</param>
    /// <returns>Whether our webhook is no longer registered; a failure is logged.</returns>
    /// <exception cref="InstanceLockLostException">The lock is no longer held.</exception>
    public Task<bool> RunAsync(IInstanceLockHandle handle, CancellationToken cancellationToken) =>
        RemoveAsync(handle, timeProvider.GetTimestamp(), cancellationToken);

    private async Task<IInstanceLockHandle?> TakeLockAsync(CancellationToken cancellationToken)
    {
        try
        {
            IInstanceLockHandle? handle = await Deadline.RunAsync(instanceLock.TryAcquireAsync, "The receiver lock", LockEnd, timeProvider, cancellationToken);
            if (handle is null)
            {
                Log.LeftToHolder(logger);
            }

            return handle;
        }
        catch (Exception error) when (error is InstanceLockException or TimeoutException)
        {
            Log.NotDeleted(logger, error.Message);
            return null;
        }
    }

    private async Task<bool> RemoveAsync(IInstanceLockHandle handle, long start, CancellationToken cancellationToken)
    {
        bool isSent = false;
        try
        {
            if (!registration.IsOurs(await registration.GetAsync(Left(start, LookEnd), cancellationToken)))
            {
                return true;
            }

            isSent = true;
            await registration.DeleteAsync(handle, Left(start, End), cancellationToken);
        }
        catch (BotApiException error)
        {
            if (isSent)
            {
                Log.NotConfirmed(logger, error.Fault.Description);
            }
            else
            {
                Log.NotDeleted(logger, error.Fault.Description);
            }

            return false;
        }

        Log.Deleted(logger);
        await RecordAsync(handle, start, cancellationToken);
        return true;
    }

    private async Task RecordAsync(IInstanceLockHandle handle, long start, CancellationToken cancellationToken)
    {
        using var end = new CancellationTokenSource(Left(start, End), timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        try
        {
            await recordWriter.WriteReleasedAsync(handle, "stopped", either.Token);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException || (error is OperationCanceledException && end.IsCancellationRequested))
        {
            Log.NotRecorded(logger, error);
        }
    }

    private TimeSpan Left(long start, TimeSpan end) =>
        end - timeProvider.GetElapsedTime(start) is { } left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private static partial class Log
    {
        [LoggerMessage(3111, LogLevel.Information, "The webhook is deleted. The pending updates are kept for the next receiver.")]
        public static partial void Deleted(ILogger logger);

        [LoggerMessage(3112, LogLevel.Warning, "{Fault} The webhook stays registered, and Telegram calls it. If no instance is to receive, correct the fault, then start this program and stop it again.")]
        public static partial void NotDeleted(ILogger logger, string fault);

        [LoggerMessage(3113, LogLevel.Warning, "The webhook is deleted, but the receiver record could not be written.")]
        public static partial void NotRecorded(ILogger logger, Exception exception);

        [LoggerMessage(3114, LogLevel.Warning, "{Fault} The call was sent, so Telegram may carry it out later. An instance that has registered the webhook by then registers it again. If no instance is to receive, check that getWebhookInfo shows no webhook.")]
        public static partial void NotConfirmed(ILogger logger, string fault);

        [LoggerMessage(3115, LogLevel.Information, "The webhook is not deleted, because another instance holds the receiver lock.")]
        public static partial void LeftToHolder(ILogger logger);
    }
}
