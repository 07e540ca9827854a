using System.Text.Json.Serialization;

namespace Azker.PollingFallback.Diagnosis;

/// <summary>How a check ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingState>))]
internal enum FindingState
{
    /// <summary>Nothing is wrong.</summary>
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>The bot works, and something deserves a look.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>The bot does not work, or not as configured.</summary>
    [JsonStringEnumMemberName("problem")]
    Problem,
}

/// <summary>The result of one check.</summary>
/// <param name="Check">The name of the check, the same in each language: lower case words with hyphens.</param>
/// <param name="State">How the check ended.</param>
/// <param name="Detail">The fact that the check found, as a sentence.</param>
/// <param name="Remedy">The remedy, as a sentence; <see langword="null"/> when nothing is wrong.</param>
internal sealed record Finding(string Check, FindingState State, string Detail, string? Remedy = null)
{
    public static Finding Ok(string check, string detail) => new(check, FindingState.Ok, detail);

    public static Finding Warning(string check, string detail, string remedy) => new(check, FindingState.Warning, detail, remedy);

    public static Finding Problem(string check, string detail, string remedy) => new(check, FindingState.Problem, detail, remedy);
}
