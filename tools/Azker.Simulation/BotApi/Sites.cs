using Azker.Simulation.Network;

namespace Azker.Simulation.BotApi;

/// <summary>What stands behind one URL: any number of fronts, of which any takes a request.</summary>
internal sealed class Site(string name, Line fromTelegram, Random random)
{
    private readonly List<IFront> _fronts = [];

    public string Name => name;

    public string Host { get; } = $"{name}.example";

    public string Url => $"https://{Host}/webhook";

    /// <summary>The way of the consoles to its <c>/health</c>.</summary>
    public Service Health { get; } = new($"{name}-health");

    /// <summary>Whether something before it answers when nothing runs behind it.</summary>
    public bool HasProxy { get; init; }

    public Line FromTelegram => fromTelegram;

    public void Add(IFront front)
    {
        _fronts.Add(front);
        front.Thread.OnDeath(() => _fronts.Remove(front));
    }

    public IFront? Pick()
    {
        List<IFront> listening = [.. _fronts.Where(front => front.IsListening)];
        return listening.Count == 0 ? null : listening[random.Next(listening.Count)];
    }
}

/// <summary>All sites.</summary>
internal sealed class Sites
{
    private readonly Dictionary<string, Site> _sites = [];

    public IEnumerable<Site> All => _sites.Values;

    public void Add(Site site) => _sites.Add(site.Url, site);

    public Site? Find(string url) => _sites.GetValueOrDefault(url);
}
