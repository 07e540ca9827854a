using Azker.Core.Configuration;

namespace Azker.Simulation.Instances;

/// <summary>The times of failover and failback, in seconds.</summary>
internal sealed record FallbackTimes(int Grace, int FailbackDelay, int MaxFailbackDelay, int CheckInterval)
{
    public static readonly FallbackTimes Default = new(60, 60, 1800, 10);

    public IEnumerable<(string Name, string Value)> Settings =>
    [
        (SettingNames.FallbackGrace, Text(Grace)),
        (SettingNames.FailbackDelay, Text(FailbackDelay)),
        (SettingNames.FailbackDelayMax, Text(MaxFailbackDelay)),
        (SettingNames.FallbackCheckInterval, Text(CheckInterval)),
    ];

    private static string Text(int seconds) => FormattableString.Invariant($"{seconds}");

    public static FallbackTimes Draw(Random random)
    {
        if (random.Next(4) == 0)
        {
            return Default;
        }

        int interval = random.Next(2, 11);
        int grace = random.Next(interval, 61);
        int failbackDelay = random.Next(5, 61);
        return new FallbackTimes(grace, failbackDelay, failbackDelay * random.Next(1, 6), interval);
    }
}
