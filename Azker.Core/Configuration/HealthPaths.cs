namespace Azker.Core.Configuration;

/// <summary>The paths of the answers for probes, below a path of the health report.</summary>
internal static class HealthPaths
{
    /// <summary>Whether the process works.</summary>
    public const string Live = "/live";

    /// <summary>Whether the process receives, or stands by.</summary>
    public const string Ready = "/ready";

    /// <summary>All paths that the health of a bot takes from its webhook.</summary>
    public static IReadOnlyList<string> All { get; } =
        [WebhookOptions.HealthPath, WebhookOptions.HealthPath + Live, WebhookOptions.HealthPath + Ready];
}
