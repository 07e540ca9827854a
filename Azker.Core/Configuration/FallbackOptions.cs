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
    /// <c>FAILBACK_DELAY</c>: for how long the webhook's program must be well before the webhook gets the updates back.
    /// Default 60 s, 1 s to 3600 s. It doubles each time that the webhook fails again soon, up to <see cref="MaxFailbackDelay"/>.
    /// </summary>
    public TimeSpan FailbackDelay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// <c>FAILBACK_DELAY_MAX</c>: up to what <see cref="FailbackDelay"/> doubles; a webhook that stays well for as long counts as
    /// cured. Default 1800 s, 1 s to 86400 s; not below <see cref="FailbackDelay"/>.
    /// </summary>
    public TimeSpan MaxFailbackDelay { get; init; } = TimeSpan.FromSeconds(1800);

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
            FailbackDelay = settings.Seconds(SettingNames.FailbackDelay, 60, 1, 3600),
            MaxFailbackDelay = settings.Seconds(SettingNames.FailbackDelayMax, 1800, 1, 86_400),
            CheckInterval = settings.Seconds(SettingNames.FallbackCheckInterval, 10, 0.2, 300),
        };
        if (options.MaxFailbackDelay < options.FailbackDelay)
        {
            Fault(settings, SettingNames.FailbackDelayMax, options.MaxFailbackDelay, "below", SettingNames.FailbackDelay, options.FailbackDelay);
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
