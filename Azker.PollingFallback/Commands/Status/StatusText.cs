using System.Globalization;
using Azker.Core.Instances;
using Azker.Core.Overview;
using Azker.PollingFallback.Commands.Lock;
using Azker.PollingFallback.Commands.Webhook;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;

namespace Azker.PollingFallback.Commands.Status;

/// <summary>The status as text for people: one screen.</summary>
internal static class StatusText
{
    public static string Format(StatusReport report) => string.Join('\n',
    [
        TextTable.Format(
        [
            [Texts.StatusBot, report.BotId.ToString(CultureInfo.InvariantCulture)],
            [Texts.StatusReceiver, ReceiverOf(report)],
            [Texts.LockLabel, LockOf(report)],
            .. report.LockRenewedAt is { } renewed ? [[Texts.StatusLockRenewed, Texts.FormatAgo(LockText.TimeOf(renewed), AgeText.Of(report.At - renewed))]] : Array.Empty<string[]>(),
            .. WebhookRows(report),
            [Texts.StatusUpdates, Texts.FormatStatusCounts(report.InFlight, Count(report.Parked), Count(report.DeadLetters))],
            [Texts.StatusLastReceived, TimeOf(report.LastReceivedAt, report.At)],
            [Texts.StatusLastSettled, TimeOf(report.LastSettledAt, report.At)],
            [Texts.StatusLedger, report.Ledger],
        ]),
        .. report.Webhook is { } webhook ? WebhookText.Drift(webhook).Select(drift => Texts.FormatStatusDrift(drift)) : [],
        "",
        .. report.StorageFault is { } fault ? [Texts.FormatStatusStorage(fault)] : Instances(report),
    ]);

    private static string ReceiverOf(StatusReport report) => report.Receiver switch
    {
        null => report.StorageFault is null ? Texts.StatusNoReceiver : Texts.NotKnown,
        { Host: null } receiver => Texts.FormatStatusPushed(Since(receiver, report.At)),
        { } receiver => Texts.FormatStatusReceives(
            receiver.Mode == ReceiverFinder.Polling ? Texts.ModePolling : Texts.ModeWebhook, receiver.Pid, receiver.Host, Since(receiver, report.At)),
    };

    private static string Since(ReceiverReport receiver, DateTimeOffset now) =>
        receiver.Since is { } since ? Texts.FormatStatusSince(AgeText.Of(now - since), receiver.Epoch) : "";

    private static string LockOf(StatusReport report) => report.Lock.Holder is { } holder
        ? Texts.FormatStatusLock(LockText.HolderOf(holder), AgeText.Of(report.At - holder.Since), LockText.StateOf(holder))
        : report.StorageFault is null ? Texts.LockFree : Texts.NotKnown;

    private static IEnumerable<string[]> WebhookRows(StatusReport report) => report.Webhook is { } webhook
        ?
        [
            [Texts.StatusWebhook, webhook.Url ?? Texts.WebhookNone],
            [Texts.WebhookConfiguredUrl, webhook.ConfiguredUrl ?? Texts.WebhookNotConfigured],
            [Texts.WebhookPending, PendingOf(webhook.PendingUpdateCount, report.PendingTrend)],
            [Texts.WebhookLastError, WebhookText.LastErrorOf(webhook, report.At)],
        ]
        : [[Texts.StatusWebhook, Texts.FormatStatusNoAnswer(report.TelegramFault)]];

    private static string PendingOf(int count, string? trend)
    {
        string number = count.ToString(CultureInfo.InvariantCulture);
        return trend switch
        {
            "rising" => Texts.FormatPendingRising(number),
            "falling" => Texts.FormatPendingFalling(number),
            _ => number,
        };
    }

    private static IEnumerable<string> Instances(StatusReport report) => report.Instances.Count == 0
        ? [Texts.StatusNoInstances]
        : [TextTable.Format(
        [
            [Texts.InstanceHost, "PID", Texts.InstanceState, Texts.InstanceSettled, Texts.InstanceSeen, Texts.InstanceVersion],
            .. report.Instances.Select(instance => Row(instance, report.At)),
        ])];

    private static string[] Row(InstanceReport instance, DateTimeOffset now)
    {
        InstanceRecord record = instance.Record;
        return
        [
            record.Host,
            record.Pid.ToString(CultureInfo.InvariantCulture),
            instance.IsLate ? Texts.InstanceLate : StateOf(record),
            record.Settled.ToString(CultureInfo.InvariantCulture),
            Texts.FormatAgeAgo(AgeText.Of(now - record.At)),
            record.Version,
        ];
    }

    private static string StateOf(InstanceRecord record) => record.State switch
    {
        InstanceRecord.Receiving => record.Mode == ReceiverFinder.Pushing ? Texts.InstanceServes : Texts.InstancePolls,
        InstanceRecord.Standby => Texts.InstanceStandby,
        InstanceRecord.Ready => Texts.InstanceReady,
        _ => Texts.InstanceNotReceiving,
    };

    private static string Count(int? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "?";

    private static string TimeOf(DateTimeOffset? time, DateTimeOffset now) =>
        time is { } at ? Texts.FormatAgo(LockText.TimeOf(at), AgeText.Of(now - at)) : Texts.None;
}
