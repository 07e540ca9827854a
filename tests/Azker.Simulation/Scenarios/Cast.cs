using Azker.Simulation.BotApi;
using Azker.Simulation.Instances;

namespace Azker.Simulation.Scenarios;

/// <summary>Who plays in one seed.</summary>
internal sealed class Cast(string title, IReadOnlyList<Instance> instances, TimeSpan recoveryBound, Func<bool> isWhereItBelongs)
{
    public string Title => title;

    public IReadOnlyList<Instance> Instances => instances;

    /// <summary>Within what time updates must be received again after the last fault.</summary>
    public TimeSpan RecoveryBound => recoveryBound;

    /// <summary>Whether the webhook receives, where there is one, and nobody has the lock; or else whether somebody polls.</summary>
    public bool IsWhereItBelongs() => isWhereItBelongs();

    public static Cast Draw(Bench bench, Random random) => random.Next(3) switch
    {
        0 => Polling(bench, random),
        1 => Served(bench, random),
        _ => Functions(bench, random),
    };

    private static Cast Polling(Bench bench, Random random)
    {
        List<Instance> consoles = [.. Enumerable.Range(1, random.Next(1, 4)).Select(number => new Instance(bench, $"console-{number}", new PollingConsole()))];
        return new Cast($"{consoles.Count} polling consoles", consoles, TimeSpan.FromSeconds(120), () => true);
    }

    private static Cast Served(Bench bench, Random random)
    {
        Site site = bench.AddSite("served");
        TimeSpan interval = TimeSpan.FromSeconds(random.Next(10, 300));
        var console = new Instance(bench, "server", new WebhookConsole(site, interval), "served");
        return new Cast("a console that serves the webhook", [console], interval + TimeSpan.FromSeconds(120), () => IsAt(bench, site));
    }

    private static Cast Functions(Bench bench, Random random)
    {
        Site site = bench.AddSite("app");
        List<Instance> instances = [.. Enumerable.Range(1, random.Next(1, 3)).Select(number => new Instance(bench, $"app-{number}", new FunctionsApp(site), "app"))];
        return new Cast($"a Functions app on {instances.Count} instances", instances, TimeSpan.FromSeconds(420), () => IsAt(bench, site));
    }

    private static bool IsAt(Bench bench, Site site) => bench.Server.Webhook?.Url == site.Url;
}
