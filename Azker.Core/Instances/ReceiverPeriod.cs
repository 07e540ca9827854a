using System.Globalization;
using System.Text.Json.Serialization;

namespace Azker.Core.Instances;

/// <summary>A period in which an instance received, for the timeline of the dashboard. It contains no secret and no user's text.</summary>
/// <param name="Schema">The version of the record's format: 1.</param>
/// <param name="Instance">The ID of the run, as in its sign of life.</param>
/// <param name="Host">The host name.</param>
/// <param name="Pid">The process ID.</param>
/// <param name="Mode"><c>polling</c> or <c>webhook</c>.</param>
/// <param name="Since">When the period began, UTC.</param>
/// <param name="Until">When it ended, UTC; <see langword="null"/> while it lasts, and when the instance ended without a stop.</param>
internal sealed record ReceiverPeriod(int Schema, string Instance, string Host, int Pid, string Mode, DateTimeOffset Since, DateTimeOffset? Until)
{
    /// <summary>The name under which the period is kept. Names sort by the time of the beginning.</summary>
    [JsonIgnore]
    public string Name => $"{PrefixOf(Since)}-{Instance}";

    /// <summary>How the names of the periods begin that began at this time.</summary>
    public static string PrefixOf(DateTimeOffset since) => since.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ReceiverPeriod))]
internal sealed partial class ReceiverPeriodJsonContext : JsonSerializerContext;
