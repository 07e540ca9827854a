using System.Net;
using System.Net.Sockets;

namespace Azker.Simulation.BotApi;

/// <summary>The names of hosts, as both the instances and the Bot API server resolve them.</summary>
internal sealed class NameService
{
    public static readonly IPAddress Address = IPAddress.Parse("149.154.167.220");

    private readonly HashSet<string> _broken = [];

    public void Break(string host) => _broken.Add(host);

    public void Mend(string host) => _broken.Remove(host);

    public bool IsBroken(string url) => _broken.Contains(new Uri(url).Host);

    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => _broken.Contains(host)
        ? Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound))
        : Task.FromResult<IPAddress[]>([Address]);
}
