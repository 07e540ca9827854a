using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Azker.Core.Tests.Infrastructure;

/// <summary>A host with the addresses ::1, on which something is wrong, and 127.0.0.1, which answers one request on each connection with <c>true</c>.</summary>
internal sealed class DualStackHost : IDisposable
{
    public const string Name = "dual.example.com";

    private static readonly byte[] Answer = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 25\r\nConnection: close\r\n\r\n{\"ok\":true,\"result\":true}");

    private readonly X509Certificate2 _certificate = CreateCertificate();
    private readonly TcpListener _good = new(IPAddress.Loopback, 0);
    private readonly Socket _bad = new(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _queued = [];
    private readonly bool _usesTls;
    private int _resolved;
    private int _closed;

    private DualStackHost(bool usesTls)
    {
        _usesTls = usesTls;
        _good.Start();
        _bad.Bind(new IPEndPoint(IPAddress.IPv6Loopback, Port));
        _ = AnswerAsync();
    }

    public Uri Url => new($"{(_usesTls ? "https" : "http")}://{Name}:{Port}/");

    /// <summary>How many times the name was resolved, which is once for each connection.</summary>
    public int Resolved => _resolved;

    /// <summary>How many connections to ::1 were closed.</summary>
    public int Closed => _closed;

    /// <summary>The first lines of the requests.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The certificate of the name.</summary>
    public X509Certificate2 Certificate => _certificate;

    /// <summary>The certificates that a client trusts.</summary>
    public X509ChainPolicy Trust
    {
        get
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.Add(_certificate);
            return policy;
        }
    }

    private int Port => ((IPEndPoint)_good.LocalEndpoint).Port;

    /// <summary>::1 answers no attempt to connect: its queue is full.</summary>
    public static DualStackHost WithFullBacklog(bool usesTls = false)
    {
        var host = new DualStackHost(usesTls);
        host._bad.Listen(0);
        for (int i = 0; i < 3; i++)
        {
            var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            host._queued.Add(socket);
            _ = Assert.ThrowsAny<SocketException>(() => socket.Connect(new IPEndPoint(IPAddress.IPv6Loopback, host.Port)));
        }

        return host;
    }

    /// <summary>::1 accepts each connection and closes it after the first bytes.</summary>
    public static DualStackHost WithClosingIPv6(bool usesTls = false)
    {
        var host = new DualStackHost(usesTls);
        host._bad.Listen();
        _ = host.CloseAsync();
        return host;
    }

    public Task<IPAddress[]> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        Assert.Equal(Name, name);
        Interlocked.Increment(ref _resolved);
        return Task.FromResult<IPAddress[]>([IPAddress.IPv6Loopback, IPAddress.Loopback]);
    }

    public void Dispose()
    {
        _good.Dispose();
        _bad.Dispose();
        _queued.ForEach(socket => socket.Dispose());
        _certificate.Dispose();
    }

    private async Task CloseAsync()
    {
        byte[] buffer = new byte[1024];
        while (true)
        {
            using Socket socket = await _bad.AcceptAsync(TestContext.Current.CancellationToken);
            await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            Interlocked.Increment(ref _closed);
        }
    }

    private async Task AnswerAsync()
    {
        while (true)
        {
            Socket socket = await _good.AcceptSocketAsync(TestContext.Current.CancellationToken);
            _ = AnswerAsync(socket);
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        byte[] buffer = new byte[4096];
        await using Stream stream = await SecureAsync(new NetworkStream(socket, ownsSocket: true));
        int length = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken);
        Requests.Enqueue(Encoding.ASCII.GetString(buffer, 0, length).Split('\r')[0]);
        await stream.WriteAsync(Answer, TestContext.Current.CancellationToken);
        socket.Shutdown(SocketShutdown.Send);
        while (await stream.ReadAsync(buffer, TestContext.Current.CancellationToken) > 0)
        {
            // The rest of the request is read, so that the end of the connection is no reset.
        }
    }

    private async Task<Stream> SecureAsync(NetworkStream stream)
    {
        if (!_usesTls)
        {
            return stream;
        }

        var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(_certificate);
        return tls;
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Name);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    }
}
