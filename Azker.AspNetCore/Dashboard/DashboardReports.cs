using System.Text.Json.Serialization;
using Azker.Core.Overview;

namespace Azker.AspNetCore.Dashboard;

/// <summary>The report that the page shows all the time. It contains no text of a user.</summary>
/// <param name="Program">The program whose handlers a replay runs.</param>
/// <param name="Handlers">How many handlers it has; without any, no replay is possible.</param>
/// <param name="NeedsKey">Whether a person had to enter a key.</param>
/// <param name="PerMinute">How many updates a minute all instances settle.</param>
/// <param name="HandlerSeconds">How long a handler takes on average; <see langword="null"/> when none ran lately.</param>
/// <param name="Status">The status.</param>
/// <param name="Timeline">The periods of the receivers, the oldest first.</param>
internal sealed record DashboardReport(
    string Program,
    int Handlers,
    bool NeedsKey,
    double PerMinute,
    double? HandlerSeconds,
    StatusReport Status,
    IReadOnlyList<TimelineSegment> Timeline);

/// <summary>The parked updates and the dead letters, the newest of each, without any text of a user.</summary>
/// <param name="Parked">The parked updates.</param>
/// <param name="ParkedCount">How many there are.</param>
/// <param name="DeadLetters">The dead letters.</param>
/// <param name="DeadLetterCount">How many there are.</param>
/// <param name="Fault">Why something kept cannot be read; <see langword="null"/> when all can.</param>
internal sealed record KeptReport(
    IReadOnlyList<ParkedReport> Parked, int ParkedCount, IReadOnlyList<DeadLetterReport> DeadLetters, int DeadLetterCount, string? Fault);

/// <summary>A parked update, without its JSON.</summary>
internal sealed record ParkedReport(int UpdateId, string? Kind, DateTimeOffset ArrivedAt, DateTimeOffset? NotBefore);

/// <summary>A dead letter, without its JSON and without the message of its error, which may repeat a text of a user.</summary>
internal sealed record DeadLetterReport(string Id, string? Kind, string Reason, string? ErrorType, int Attempts, DateTimeOffset GivenUpAt);

/// <summary>The result of a replay.</summary>
/// <param name="Outcome">The outcome of the replay, in snake case, or <c>handled_kept</c> when the letter could not be removed.</param>
internal sealed record ReplayReport(string Outcome);

/// <summary>The key that a person enters.</summary>
internal sealed record LoginRequest(string? Key);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DashboardReport))]
[JsonSerializable(typeof(KeptReport))]
[JsonSerializable(typeof(ReplayReport))]
[JsonSerializable(typeof(LoginRequest))]
internal sealed partial class DashboardJsonContext : JsonSerializerContext;
