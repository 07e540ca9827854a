using Azker.Core.Configuration;
using Azker.Core.Locking;
using Azker.Core.Receiving;

namespace Azker.Core.Webhook;

/// <summary>Reads and writes the receiver record for the webhook.</summary>
internal sealed class WebhookRecorder(IReceiverRecordStore store, WebhookOptions webhook, SecretToken secret, TimeProvider timeProvider)
{
    private const int Schema = 1;

    public Task<ReceiverRecord?> ReadAsync(CancellationToken cancellationToken) => store.ReadAsync(cancellationToken);

    /// <summary>Records that the webhook is registered as configured.</summary>
    public Task WriteRegisteredAsync(IInstanceLockHandle handle, string reason, CancellationToken cancellationToken) => store.WriteAsync(
        Record(handle, "receiving", reason) with
        {
            Fingerprint = secret.Fingerprint,
            IpAddress = webhook.IpAddress?.ToString(),
            Certificate = webhook.Certificate?.Fingerprint,
        },
        cancellationToken);

    /// <summary>Records that the webhook is no longer set.</summary>
    public Task WriteReleasedAsync(IInstanceLockHandle handle, string reason, CancellationToken cancellationToken) =>
        store.WriteAsync(Record(handle, "released", reason), cancellationToken);

    private ReceiverRecord Record(IInstanceLockHandle handle, string state, string reason) => new(
        Schema,
        handle.Holder.Epoch,
        "webhook",
        state,
        handle.Holder.Instance,
        handle.Holder.Host,
        timeProvider.GetUtcNow(),
        reason,
        AzkerVersion.Current,
        Fingerprint: null,
        IpAddress: null,
        Certificate: null);
}
