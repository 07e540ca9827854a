using System.Net;
using System.Net.Sockets;
using Azker.Simulation.Scheduling;

namespace Azker.Simulation.BotApi;

/// <summary>Resolves the names of hosts, for the instances and for the Bot API server.</summary>
internal sealed class NameService(World world)
{
    public static readonly IPAddress Address = IPAddress.Parse("149.154.167.220");

    private readonly Dictionary<string, TimeSpan> _brokenSince = [];

    public void Break(string host) => _brokenSince.TryAdd(host, world.Now);

    public void Mend(string host) => _brokenSince.Remove(host);

    /// <returns>The time for which the host of a URL has been unknown; <see langword="null"/> when the host is known.</returns>
    public TimeSpan? BrokenFor(string url) => _brokenSince.TryGetValue(new Uri(url).Host, out TimeSpan since) ? world.Now - since : null;

    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => _brokenSince.ContainsKey(host)
        ? Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound))
        : Task.FromResult<IPAddress[]>([Address]);
}
