using Azker.Simulation.Network;

namespace Azker.Simulation.BotApi;

/// <summary>The servers at one URL; any of them takes a request.</summary>
internal sealed class Site(string name, Line fromTelegram, Random random)
{
    private readonly List<IWebhookServer> _servers = [];

    public string Name => name;

    public string Host { get; } = $"{name}.example";

    public string Url => $"https://{Host}/webhook";

    /// <summary>The service that the consoles ask for the site's <c>/health</c>.</summary>
    public Service Health { get; } = new($"{name}-health");

    /// <summary>Whether a proxy answers at the URL when no server runs.</summary>
    public bool HasProxy { get; init; }

    public Line FromTelegram => fromTelegram;

    public void Add(IWebhookServer server)
    {
        _servers.Add(server);
        server.Thread.OnDeath(() => _servers.Remove(server));
    }

    public IWebhookServer? Pick()
    {
        List<IWebhookServer> listening = [.. _servers.Where(server => server.IsListening)];
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
