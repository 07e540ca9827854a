using Azker.Core.Instances;
using Azker.Core.Webhook.Registration;

namespace Azker.Core.Overview;

/// <summary>Concludes who receives from the lock, the webhook, the receiver record and the signs of life.</summary>
internal static class ReceiverFinder
{
    public const string Polling = "polling";
    public const string Pushing = "webhook";

    /// <param name="locking">The receiver lock.</param>
    /// <param name="webhook">The webhook; <see langword="null"/> when Telegram gave no answer.</param>
    /// <param name="record">The receiver record.</param>
    /// <param name="alive">The last signs of life of the instances that are not late.</param>
    /// <returns><see langword="null"/> when no instance is known to receive.</returns>
    public static ReceiverReport? Find(LockReport locking, WebhookReport? webhook, ReceiverRecord? record, IReadOnlyList<InstanceRecord> alive)
    {
        LockHolderReport? holder = locking.Holder;
        if (webhook is { IsRegistered: true })
        {
            InstanceRecord? serving = alive.FirstOrDefault(instance => instance is { Mode: Pushing, State: InstanceRecord.Receiving or InstanceRecord.Ready });
            return new ReceiverReport(
                Pushing, serving?.Host, serving?.Pid, record is { Mode: ReceiverRecord.ByWebhook, State: "receiving" } ? record.Since : null, record?.Epoch);
        }

        return holder is { State: not "quarantine" } && IsPolling(holder, alive)
            ? new ReceiverReport(Polling, holder.Host, holder.Pid, holder.Since, holder.Epoch)
            : null;
    }

    /// <summary>Whether the holder polls, as far as its own sign of life does not deny it.</summary>
    private static bool IsPolling(LockHolderReport holder, IReadOnlyList<InstanceRecord> alive) =>
        alive.FirstOrDefault(instance => instance.Pid == holder.Pid && instance.Host == holder.Host)?.State is null or InstanceRecord.Receiving;
}
