using Azker.Simulation.BotApi;
using Azker.Simulation.Instances;

namespace Azker.Simulation.Scenarios;

/// <summary>The instances of one seed.</summary>
internal sealed class SeedCast(string title, IReadOnlyList<Instance> instances, TimeSpan recoveryBound, Func<bool> isWhereItBelongs)
{
    public string Title => title;

    public IReadOnlyList<Instance> Instances => instances;

    /// <summary>Whether an instance sets the webhook again after a stranger has replaced it.</summary>
    public bool HasGuard { get; init; } = true;

    /// <summary>The time limit for receiving updates again after the last fault.</summary>
    public TimeSpan RecoveryBound => recoveryBound;

    /// <summary>Whether the webhook is set at the right URL; always <see langword="true"/> for instances that only poll.</summary>
    public bool IsWhereItBelongs() => isWhereItBelongs();

    public static SeedCast Draw(Bench bench, Random random) => random.Next(10) switch
    {
        0 or 1 => Polling(bench, random),
        2 => Served(bench, random, fallbacks: 0),
        3 => Functions(bench, random, fallbacks: 0),
        4 or 5 => Served(bench, random, random.Next(1, 3)),
        6 => BlueGreen(bench, random),
        _ => Functions(bench, random, random.Next(1, 4)),
    };

    private static SeedCast Polling(Bench bench, Random random)
    {
        List<Instance> consoles = [.. Enumerable.Range(1, random.Next(1, 4)).Select(number => new Instance(bench, $"console-{number}", new PollingConsole()))];
        return new SeedCast($"{consoles.Count} polling consoles", consoles, TimeSpan.FromSeconds(120), () => true) { HasGuard = false };
    }

    private static SeedCast Served(Bench bench, Random random, int fallbacks)
    {
        Site site = bench.AddSite("served");
        TimeSpan interval = TimeSpan.FromSeconds(random.Next(10, 300));
        var times = FallbackTimes.Draw(random);
        var console = new Instance(bench, "server", new WebhookConsole(site, interval, times), "served");
        return new SeedCast(
            $"a console that serves the webhook, and {fallbacks} fallbacks",
            [console, .. Fallbacks(bench, site, times, fallbacks)],
            interval + TimeSpan.FromSeconds(times.Grace + 150),
            () => IsAt(bench, site));
    }

    private static SeedCast Functions(Bench bench, Random random, int fallbacks)
    {
        Site site = bench.AddSite("app", hasProxy: true);
        var times = FallbackTimes.Draw(random);
        return new SeedCast(
            $"a Functions app, and {fallbacks} fallbacks",
            [.. App(bench, site, times, random.Next(1, 3)), .. Fallbacks(bench, site, times, fallbacks)],
            TimeSpan.FromSeconds(420),
            () => IsAt(bench, site));
    }

    private static SeedCast BlueGreen(Bench bench, Random random)
    {
        Site blue = bench.AddSite("blue", hasProxy: true);
        Site green = bench.AddSite("green", hasProxy: true);
        return new SeedCast(
            "two Functions apps with one token",
            [.. App(bench, blue, FallbackTimes.Default, random.Next(1, 3)), .. App(bench, green, FallbackTimes.Default, 1)],
            TimeSpan.FromSeconds(420),
            () => IsAt(bench, blue) || IsAt(bench, green));
    }

    private static IEnumerable<Instance> App(Bench bench, Site site, FallbackTimes times, int count) =>
        Enumerable.Range(1, count).Select(number => new Instance(bench, $"{site.Name}-{number}", new FunctionsApp(site, times), site.Name));

    private static IEnumerable<Instance> Fallbacks(Bench bench, Site site, FallbackTimes times, int count) =>
        Enumerable.Range(1, count).Select(number => new Instance(bench, $"fallback-{number}", new FallbackConsole(site, times)));

    private static bool IsAt(Bench bench, Site site) => bench.Server.Webhook?.Url == site.Url;
}
