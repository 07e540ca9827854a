using System.Text.Json;

namespace Azker.Core.Locking.BlobLease;

/// <summary>The content of the blob: the holder of its lease. It does not contain the lease id, which is the key to the lock.</summary>
internal sealed record BlobLeaseRecord
{
    public const int CurrentSchema = 1;

    /// <summary>Far more than a record needs; a longer blob is not a record.</summary>
    public const int MaxLength = 16 * 1024;

    public int Schema { get; init; } = CurrentSchema;

    public required long Epoch { get; init; }

    public required string Instance { get; init; }

    public required string Host { get; init; }

    public required int Pid { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required string Version { get; init; }

    public required long Bot { get; init; }

    public required string? Mode { get; init; }

    public required LockState State { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required string Reason { get; init; }

    public bool IsSameAcquisition(BlobLeaseRecord other) => Instance == other.Instance && Epoch == other.Epoch;

    public LockHolder ToHolder() => new(Pid, Host, Instance, Bot, Epoch, Start, Since, Version) { State = State, Mode = Mode };

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, BlobLeaseJsonContext.Default.BlobLeaseRecord);

    /// <returns>The record, or <see langword="null"/> when <paramref name="json"/> is not a record.</returns>
    public static BlobLeaseRecord? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, BlobLeaseJsonContext.Default.BlobLeaseRecord) is { Schema: >= CurrentSchema } record ? record : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
