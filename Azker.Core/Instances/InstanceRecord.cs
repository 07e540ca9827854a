using System.Text.Json.Serialization;

namespace Azker.Core.Instances;

/// <summary>The sign of life of an instance, as the instance describes itself. It contains no secret and no user's text.</summary>
/// <param name="Schema">The version of the record's format: 1.</param>
/// <param name="Instance">The ID of the run, unique over all machines.</param>
/// <param name="Host">The host name.</param>
/// <param name="Pid">The process ID.</param>
/// <param name="Version">The version of Azker.</param>
/// <param name="StartedAt">When the process started, UTC.</param>
/// <param name="At">When the record was written, UTC.</param>
/// <param name="Every">How often the record is written, in seconds; later than twice that, the instance has gone.</param>
/// <param name="Mode"><c>polling</c> or <c>webhook</c>; <see langword="null"/> while the instance only answers requests.</param>
/// <param name="State"><c>receiving</c>, <c>standby</c>, <c>ready</c> (it answers requests of Telegram) or <c>not_receiving</c>.</param>
/// <param name="Reason">Why it stands by, or the fault that keeps it from receiving, as a sentence; <see langword="null"/> without one.</param>
/// <param name="LastReceivedAt">When its last update arrived, UTC; <see langword="null"/> for none.</param>
/// <param name="LastSettledAt">When its last update was settled, UTC; <see langword="null"/> for none.</param>
/// <param name="Settled">How many updates it has settled.</param>
/// <param name="InFlight">How many updates its handlers handle now.</param>
/// <param name="Conflicts">How often the Bot API server answered 409.</param>
/// <param name="PerMinute">How many updates a minute it has settled, within about the last minute.</param>
/// <param name="HandlerSeconds">How long its handlers took for an update on average within that time; <see langword="null"/> when none ran.</param>
internal sealed record InstanceRecord(
    int Schema,
    string Instance,
    string Host,
    int Pid,
    string Version,
    DateTimeOffset StartedAt,
    DateTimeOffset At,
    double Every,
    string? Mode,
    string State,
    string? Reason,
    DateTimeOffset? LastReceivedAt,
    DateTimeOffset? LastSettledAt,
    long Settled,
    int InFlight,
    long Conflicts,
    double PerMinute,
    double? HandlerSeconds)
{
    /// <summary>When the instance last renewed the lease of the receiver lock, UTC; <see langword="null"/> while it holds no lease.</summary>
    public DateTimeOffset? LockRenewedAt { get; init; }

    public const string Receiving = "receiving";
    public const string Standby = "standby";
    public const string Ready = "ready";
    public const string NotReceiving = "not_receiving";

    /// <summary>Whether the instance has missed a record at this time.</summary>
    public bool IsLate(DateTimeOffset now) => now - At > TimeSpan.FromSeconds(2 * Every);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(InstanceRecord))]
internal sealed partial class InstanceJsonContext : JsonSerializerContext;
