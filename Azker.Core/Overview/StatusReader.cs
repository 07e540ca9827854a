using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Delivery.DeadLetters;
using Azker.Core.Delivery.Parking;
using Azker.Core.Instances;
using Azker.Core.Webhook.Registration;

namespace Azker.Core.Overview;

/// <summary>Reads the status from Telegram, the lock, the stores and the signs of life of the instances. It changes nothing.</summary>
internal sealed class StatusReader(
    LockReader locks,
    WebhookReader webhooks,
    ReceiverRecordWriter records,
    IInstanceRecordStore instanceRecords,
    IParkedUpdateStore parkedUpdates,
    IDeadLetterStore deadLetters,
    AzkerOptions options,
    TimeProvider timeProvider)
{
    private int? _pending;

    /// <summary>Reads the status.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<StatusReport> ReadAsync(CancellationToken cancellationToken) =>
        await ReadAsync(await ReadSlowAsync(cancellationToken), cancellationToken);

    /// <summary>Reads what takes long: it calls Telegram, and lists what is kept.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<SlowStatus> ReadSlowAsync(CancellationToken cancellationToken)
    {
        Task<int?> parked = CountAsync(() => parkedUpdates.ListIdsAsync(cancellationToken).CountAsync(cancellationToken).AsTask());
        Task<int?> letters = CountAsync(() => deadLetters.CountAsync(cancellationToken));
        (WebhookReport? webhook, string? fault) = await ReadWebhookAsync(cancellationToken);
        return new SlowStatus(webhook, fault, webhook is null ? null : TrendTo(webhook.PendingUpdateCount), await parked, await letters);
    }

    /// <summary>Reads the lock and the signs of life, which show a takeover at once.</summary>
    /// <param name="slow">The rest of the status.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<StatusReport> ReadAsync(SlowStatus slow, CancellationToken cancellationToken)
    {
        Task<LockReport> locking = locks.ReadAsync(cancellationToken);
        Task<(ReceiverRecord? Record, IReadOnlyList<InstanceReport> Instances, string? Fault)> reading = ReadRecordsAsync(cancellationToken);
        (ReceiverRecord? record, IReadOnlyList<InstanceReport> instances, string? storageFault) = await reading;
        InstanceRecord[] alive = [.. instances.Where(instance => !instance.IsLate).Select(instance => instance.Record)];
        return new StatusReport(
            timeProvider.GetUtcNow(),
            options.Bot.Token.BotId,
            ReceiverFinder.Find(await locking, slow.Webhook, record, alive),
            await locking,
            slow.Webhook,
            slow.TelegramFault,
            slow.PendingTrend,
            alive.Sum(instance => instance.InFlight),
            slow.Parked,
            slow.DeadLetters,
            alive.Max(instance => instance.LastReceivedAt),
            alive.Max(instance => instance.LastSettledAt),
            $"{options.Delivery.Ledger}".ToLowerInvariant(),
            storageFault,
            instances,
            RenewalOf(await locking, instances));
    }

    /// <summary>The lease itself does not tell when it was renewed; its holder does with its sign of life.</summary>
    private static DateTimeOffset? RenewalOf(LockReport locking, IReadOnlyList<InstanceReport> instances) => instances
        .Select(instance => instance.Record)
        .FirstOrDefault(record => record.Pid == locking.Holder?.Pid && record.Host == locking.Holder.Host)?.LockRenewedAt;

    private async Task<(WebhookReport? Webhook, string? Fault)> ReadWebhookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await webhooks.ReadAsync(cancellationToken), null);
        }
        catch (BotApiException error)
        {
            return (null, error.Fault.Description);
        }
    }

    private async Task<(ReceiverRecord? Record, IReadOnlyList<InstanceReport> Instances, string? Fault)> ReadRecordsAsync(CancellationToken cancellationToken)
    {
        try
        {
            ReceiverRecord? record = await records.ReadAsync(cancellationToken);
            DateTimeOffset now = timeProvider.GetUtcNow();
            List<InstanceReport> instances = await instanceRecords.ListAsync(cancellationToken)
                .OrderByDescending(each => each.At)
                .Select(each => new InstanceReport(each.IsLate(now), each))
                .ToListAsync(cancellationToken);
            return (record, instances, null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, [], error.Message);
        }
    }

    private static async Task<int?> CountAsync(Func<Task<int>> count)
    {
        try
        {
            return await count();
        }
        catch (Exception error) when (error is DeadLetterException or ParkingException)
        {
            return null;
        }
    }

    /// <summary>Compares with the reading before; at the first reading the number counts as steady.</summary>
    private string? TrendTo(int pending)
    {
        int before = _pending ?? pending;
        _pending = pending;
        return pending == 0 ? null : pending > before ? "rising" : pending < before ? "falling" : "steady";
    }
}
