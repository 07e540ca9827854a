using System.Text.Json;

namespace Azker.Core.Delivery.Parking;

/// <summary>An update that is stored durably, was or may be confirmed to Telegram, and is still to be handled.</summary>
internal sealed record ParkedUpdate
{
    /// <summary>Between the clocks of two machines.</summary>
    private static readonly TimeSpan LargestClockDifference = TimeSpan.FromMinutes(1);

    /// <summary>How much an age in whole seconds may be too large.</summary>
    private static readonly TimeSpan WholeSeconds = TimeSpan.FromSeconds(1);

    private static readonly byte[] LineEnd = [(byte)'\n'];

    /// <summary>The <c>update_id</c>.</summary>
    public required int UpdateId { get; init; }

    /// <summary>The JSON in UTF-8, byte for byte as Telegram sent it.</summary>
    public required ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>When the update arrived, UTC. Parked updates are handled in the order of their arrival.</summary>
    public required DateTimeOffset ArrivedAt { get; init; }

    /// <summary>When the next attempt is allowed, UTC; <see langword="null"/> for at once. Telegram asked to wait that long.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When the update was stored, UTC; <see langword="null"/> when a former version stored it.</summary>
    public DateTimeOffset? StoredAt { get; init; }

    /// <summary>Writes the update as one line of JSON about it, and the raw JSON after that line.</summary>
    public byte[] ToBytes()
    {
        byte[] head = JsonSerializer.SerializeToUtf8Bytes(new ParkedUpdateHead(ArrivedAt, NotBefore, StoredAt), ParkedUpdateJsonContext.Default.ParkedUpdateHead);
        return [.. head, .. LineEnd, .. Raw.Span];
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <param name="updateId">The <c>update_id</c>, from the name of the file or blob.</param>
    /// <param name="bytes">The content.</param>
    /// <returns>The update. When the first line is not from Azker, the whole content is its JSON, and it is the oldest update.</returns>
    public static ParkedUpdate Parse(int updateId, ReadOnlyMemory<byte> bytes)
    {
        int end = bytes.Span.IndexOf((byte)'\n');
        ParkedUpdateHead? head = end < 0 ? null : ReadHead(bytes.Span[..end]);
        return head is null
            ? new ParkedUpdate { UpdateId = updateId, Raw = bytes, ArrivedAt = DateTimeOffset.UnixEpoch }
            : new ParkedUpdate { UpdateId = updateId, Raw = bytes[(end + 1)..], ArrivedAt = head.ArrivedAt, NotBefore = head.NotBefore, StoredAt = head.StoredAt };
    }

    /// <summary>When the next attempt is allowed, UTC; <see langword="null"/> for at once.</summary>
    /// <param name="now">The present time. When it is before the time of storing, the clock was set back, and nobody knows how long to wait.</param>
    public DateTimeOffset? NextAttemptAt(DateTimeOffset now) => StoredAt - now > LargestClockDifference ? null : NotBefore;

    /// <summary>Moves the times to the clock of the reader. The clock of the instance that stored the update may be wrong.</summary>
    /// <param name="age">How long ago the update was stored, by the clock of the store, in whole seconds.</param>
    /// <param name="now">The present time of the reader.</param>
    /// <returns>The update, with the same wait before its next attempt.</returns>
    public ParkedUpdate StoredBefore(TimeSpan age, DateTimeOffset now) => NotBefore is { } notBefore && StoredAt is { } storedAt
        ? this with { StoredAt = now - age, NotBefore = now - age + (notBefore - storedAt) + WholeSeconds }
        : this;

    private static ParkedUpdateHead? ReadHead(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ParkedUpdateJsonContext.Default.ParkedUpdateHead) is { ArrivedAt.Ticks: > 0 } head ? head : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
