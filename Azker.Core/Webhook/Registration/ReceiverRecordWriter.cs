using Azker.Core.Configuration;
using Azker.Core.Infrastructure;
using Azker.Core.Locking;

namespace Azker.Core.Webhook.Registration;

/// <summary>Reads and writes the receiver record, and carries the values over that must outlive the next change.</summary>
internal sealed class ReceiverRecordWriter(IReceiverRecordStore store, WebhookOptions webhook, BotOptions bot, SecretToken secret, TimeProvider timeProvider)
{
    private const int Schema = 1;

    /// <summary>More deployments than a bot has side by side.</summary>
    private const int MaxSuperseded = 8;

    private readonly string? _target = webhook.Url is { } url ? Target(bot, url) : null;

    public Task<ReceiverRecord?> ReadAsync(CancellationToken cancellationToken) => store.ReadAsync(cancellationToken);

    /// <summary>
    /// Whether another deployment of this bot, which shares the record, has replaced our webhook by its own.
    /// </summary>
    public bool IsSuperseded(RegisteredWebhook registered, ReceiverRecord? record) =>
        record?.Target is { } target
        && Uri.TryCreate(registered.Url, UriKind.Absolute, out Uri? other)
        && target == Target(bot, other)
        && record.Superseded.Contains(_target);

    /// <summary>Records that the webhook is registered as configured.</summary>
    /// <param name="handle">The receiver lock.</param>
    /// <param name="before">The record before.</param>
    /// <param name="servedUpdates">See <see cref="ReceiverRecord.ServedUpdates"/>.</param>
    /// <param name="reason">The reason for the change.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public Task WriteRegisteredAsync(
        IInstanceLockHandle handle, ReceiverRecord? before, IReadOnlyList<string>? servedUpdates, string reason, CancellationToken cancellationToken) => store.WriteAsync(
        Record(handle, before, ReceiverRecord.ByWebhook, "receiving", reason) with
        {
            Fingerprint = secret.Fingerprint,
            IpAddress = webhook.IpAddress?.ToString(),
            Certificate = webhook.Certificate?.Fingerprint,
            Target = _target,
            Superseded = Superseded(before),
            AllowedUpdates = bot.AllowedUpdates,
            ServedUpdates = servedUpdates,
            FailedBackAt = before?.Mode == ReceiverRecord.ByPolling ? timeProvider.GetUtcNow() : before?.FailedBackAt,
        },
        cancellationToken);

    /// <summary>Records that a poller receives in place of the webhook.</summary>
    public Task WritePollingAsync(IInstanceLockHandle handle, ReceiverRecord? before, int flaps, string reason, CancellationToken cancellationToken) =>
        store.WriteAsync(Record(handle, before, ReceiverRecord.ByPolling, "receiving", reason) with { Flaps = flaps }, cancellationToken);

    /// <summary>Records that the webhook is no longer set.</summary>
    public async Task WriteReleasedAsync(IInstanceLockHandle handle, string reason, CancellationToken cancellationToken) =>
        await store.WriteAsync(Record(handle, await ReadAsync(cancellationToken), ReceiverRecord.ByWebhook, "released", reason), cancellationToken);

    private static string Target(BotOptions bot, Uri url) => Fingerprint.Of(bot.Token, "webhook-url", PunycodeUrl.Of(url).AbsoluteUri);

    private string[] Superseded(ReceiverRecord? before)
    {
        IEnumerable<string> earlier = before?.Superseded ?? [];
        IEnumerable<string> last = before?.Target is { } target ? [target] : [];
        return [.. earlier.Concat(last).Where(target => target != _target).Distinct().TakeLast(MaxSuperseded)];
    }

    private ReceiverRecord Record(IInstanceLockHandle handle, ReceiverRecord? before, string mode, string state, string reason) => new(
        Schema,
        handle.Holder.Epoch,
        mode,
        state,
        handle.Holder.Instance,
        handle.Holder.Host,
        timeProvider.GetUtcNow(),
        reason,
        AzkerVersion.Current,
        Fingerprint: null,
        IpAddress: null,
        Certificate: null)
    {
        Target = before?.Target,
        Superseded = before?.Superseded ?? [],
        FailedBackAt = before?.FailedBackAt,
        Flaps = before?.Flaps ?? 0,
        AllowedUpdates = before?.AllowedUpdates,
        ServedUpdates = before?.ServedUpdates,
    };
}
