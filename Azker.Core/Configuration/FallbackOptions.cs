namespace Azker.Core.Configuration;

/// <summary>When polling takes the webhook's place, and when the webhook gets it back.</summary>
public sealed record FallbackOptions
{
    /// <summary>
    /// <c>FALLBACK_GRACE</c>: for how long the webhook must be unwell before polling takes its place. Default 60 s, 1 s to
    /// 3600 s. Shorter means less time without a receiver, and more takeovers for troubles that would have passed.
    /// </summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// <c>FALLBACK_DWELL</c>: for how long the webhook's program must be well before the webhook gets the updates back.
    /// Default 60 s, 1 s to 3600 s. It doubles each time that the webhook fails again soon, up to <see cref="LongestDwell"/>.
    /// </summary>
    public TimeSpan Dwell { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// <c>FALLBACK_DWELL_MAX</c>: up to what <see cref="Dwell"/> doubles; a webhook that stays well for as long counts as
    /// cured. Default 1800 s, 1 s to 86400 s; not below <see cref="Dwell"/>.
    /// </summary>
    public TimeSpan LongestDwell { get; init; } = TimeSpan.FromSeconds(1800);

    /// <summary>
    /// <c>FALLBACK_CHECK_INTERVAL</c>: how often a console looks at the webhook and asks its <c>/health</c>. Default 10 s,
    /// 0.2 s to 300 s; not above <see cref="Grace"/>.
    /// </summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(10);

    internal static FallbackOptions Read(SettingsReader settings)
    {
        var options = new FallbackOptions
        {
            Grace = settings.Seconds(SettingNames.FallbackGrace, 60, 1, 3600),
            Dwell = settings.Seconds(SettingNames.FallbackDwell, 60, 1, 3600),
            LongestDwell = settings.Seconds(SettingNames.FallbackDwellMax, 1800, 1, 86_400),
            CheckInterval = settings.Seconds(SettingNames.FallbackCheckInterval, 10, 0.2, 300),
        };
        if (options.LongestDwell < options.Dwell)
        {
            Fault(settings, SettingNames.FallbackDwellMax, options.LongestDwell, "below", SettingNames.FallbackDwell, options.Dwell);
        }

        if (options.CheckInterval > options.Grace)
        {
            Fault(settings, SettingNames.FallbackCheckInterval, options.CheckInterval, "above", SettingNames.FallbackGrace, options.Grace);
        }

        return options;
    }

    private static void Fault(SettingsReader settings, string name, TimeSpan value, string relation, string otherName, TimeSpan other) =>
        settings.Fault(
            name,
            FormattableString.Invariant($"{value.TotalSeconds} s is {relation} {otherName}, which is {other.TotalSeconds} s"),
            "change one of the two, or leave both out");
}
