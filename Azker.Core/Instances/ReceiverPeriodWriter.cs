namespace Azker.Core.Instances;

/// <summary>Writes when this instance begins and ceases to receive, and removes old periods.</summary>
internal sealed class ReceiverPeriodWriter(IReceiverPeriodStore store)
{
    /// <summary>The most periods of a bot, so that an instance that restarts again and again fills no disk.</summary>
    public const int Most = 300;

    /// <summary>How long a period is kept after its beginning.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(1);

    private ReceiverPeriod? _open;

    /// <summary>Begins or ends a period when the sign of life differs from the one before.</summary>
    /// <exception cref="IOException">The period cannot be written; the next sign of life tries again.</exception>
    public async Task FollowAsync(InstanceRecord record, CancellationToken cancellationToken)
    {
        string? mode = ModeOf(record);
        if (mode == _open?.Mode)
        {
            return;
        }

        await EndAsync(record.At, cancellationToken);
        if (mode is not null)
        {
            var period = new ReceiverPeriod(1, record.Instance, record.Host, record.Pid, mode, record.At, Until: null);
            await store.WriteAsync(period, cancellationToken);
            _open = period;
            await RemoveOldAsync(record.At, cancellationToken);
        }
    }

    /// <summary>Ends the period that lasts, if there is one.</summary>
    /// <exception cref="IOException">The end cannot be written.</exception>
    public async Task EndAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_open is not null)
        {
            await store.WriteAsync(_open with { Until = now }, cancellationToken);
            _open = null;
        }
    }

    /// <summary>A program that only answers requests, and does not know whether Telegram sends them, has no mode.</summary>
    private static string? ModeOf(InstanceRecord record) => record.State is InstanceRecord.Receiving or InstanceRecord.Ready ? record.Mode : null;

    private async Task RemoveOldAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        string oldest = ReceiverPeriod.PrefixOf(now - Retention);
        List<string> names = [.. (await store.ListNamesAsync(cancellationToken)).Order(StringComparer.Ordinal)];
        foreach (string name in names.Where((name, index) => string.CompareOrdinal(name, oldest) < 0 || index < names.Count - Most))
        {
            await store.RemoveAsync(name, cancellationToken);
        }
    }
}
