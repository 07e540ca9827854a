using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Azker.Core.Infrastructure;

/// <summary>
/// Connects an HTTP client to a host over IPv6 and IPv4 side by side (RFC 8305), and remembers for each host which family worked.
/// An attempt includes the TLS handshake, so that a family on which TCP opens and TLS hangs or is reset does not win.
/// </summary>
/// <remarks>
/// The parallel connect of <see cref="Socket"/> resolves the name itself, has no preference, and ends when TCP opens.
/// </remarks>
/// <param name="resolve">Resolves the host.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="trust">Gives the certificates that are trusted at this moment; <see langword="null"/> for those of the machine.</param>
internal sealed class AddressRace(DnsLookup resolve, TimeProvider timeProvider, Func<X509ChainPolicy?>? trust = null)
{
    /// <summary>The recommended delay between two attempts (RFC 8305, section 5).</summary>
    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest delay of RFC 8305, for a family that worked before: a slow network is no reason for a second connection.</summary>
    private static readonly TimeSpan ProvenHeadStart = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<DnsEndPoint, Standing> _standings = new();

    /// <summary>The certificates that are trusted; <see langword="null"/> for those of the machine. A handler needs them for TLS through a proxy.</summary>
    public X509ChainPolicy? Trust => trust?.Invoke();

    /// <summary>Connects; a callback for <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        DnsEndPoint host = context.DnsEndPoint;
        Standing? standing = _standings.GetValueOrDefault(host);
        bool usesTls = UsesTls(context.InitialRequestMessage, host);
        IReadOnlyList<IPAddress> addresses = AddressOrder.Of(await AddressesOf(host.Host, cancellationToken), standing?.Preferred);
        Connection winner = await StaggeredRace.RunAsync(
            [.. addresses.Select(address => (Func<CancellationToken, Task<Connection>>)(token => OpenAsync(new IPEndPoint(address, host.Port), usesTls ? host.Host : null, token)))],
            standing is { IsProven: true } ? ProvenHeadStart : HeadStart,
            timeProvider,
            cancellationToken);
        _standings[host] = new Standing(winner.Family, HasFailed: false);
        return winner.Stream;
    }

    /// <summary>Makes the next connections prefer the family that the last ones did not have, because a request failed on it.</summary>
    public void RequestFailed()
    {
        foreach ((DnsEndPoint host, Standing standing) in _standings)
        {
            _standings.TryUpdate(host, standing with { HasFailed = true }, standing);
        }
    }

    private async Task<IPAddress[]> AddressesOf(string host, CancellationToken cancellationToken)
    {
        IPAddress[] addresses = IPAddress.TryParse(host, out IPAddress? literal) ? [literal] : await resolve(host, cancellationToken);
        return addresses.Length > 0 ? addresses : throw new SocketException((int)SocketError.HostNotFound);
    }

    /// <summary>The handler itself makes TLS with a proxy, and through a proxy with the server.</summary>
    private static bool UsesTls(HttpRequestMessage request, DnsEndPoint host) => request.Method != HttpMethod.Connect
        && request.RequestUri is { } url
        && url.Scheme == Uri.UriSchemeHttps
        && url.Port == host.Port
        && url.IdnHost.Equals(host.Host, StringComparison.OrdinalIgnoreCase);

    private async Task<Connection> OpenAsync(IPEndPoint address, string? tlsHost, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            await socket.ConnectAsync(address, cancellationToken);
            stream = new NetworkStream(socket, ownsSocket: true);
            stream = tlsHost is null ? stream : await AuthenticateAsync(stream, tlsHost, cancellationToken);
            return new Connection(stream, address.AddressFamily);
        }
        catch
        {
            stream?.Dispose();
            socket.Dispose();
            throw;
        }
    }

    /// <returns>An <see cref="SslStream"/>, which <see cref="SocketsHttpHandler"/> uses as it is.</returns>
    private async Task<SslStream> AuthenticateAsync(Stream stream, string host, CancellationToken cancellationToken)
    {
        var tls = new SslStream(stream);
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host, CertificateChainPolicy = Trust }, cancellationToken);
            return tls;
        }
        catch (IOException error)
        {
            throw new AuthenticationException("The connection ended during the TLS handshake.", error);
        }
    }

    private sealed record Connection(Stream Stream, AddressFamily Family) : IDisposable
    {
        public void Dispose() => Stream.Dispose();
    }

    /// <param name="Winner">The family of the last connection.</param>
    /// <param name="HasFailed">Whether a request has failed since.</param>
    private sealed record Standing(AddressFamily Winner, bool HasFailed)
    {
        public bool IsProven => !HasFailed;

        public AddressFamily Preferred => HasFailed == (Winner == AddressFamily.InterNetwork) ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
    }
}
