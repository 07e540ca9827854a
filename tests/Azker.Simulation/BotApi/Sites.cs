using Azker.Simulation.Network;

namespace Azker.Simulation.BotApi;

/// <summary>What stands behind one URL: any number of fronts, of which any takes a request.</summary>
internal sealed class Site(string url, Line fromTelegram, Random random)
{
    private readonly List<IFront> _fronts = [];

    public string Url => url;

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
