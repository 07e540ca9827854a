using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Azker.Core.Tests.Shared;

/// <summary>
/// A proxy that speaks HTTP (CONNECT, and requests with a whole URL), SOCKS 4, 4a and 5, by the first byte of a connection. Every host is on 127.0.0.1.
/// </summary>
internal sealed class TestProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? _certificate;

    /// <param name="certificate">The certificate of a proxy with TLS.</param>
    public TestProxy(X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The user name and the password that a client must send, with a colon between.</summary>
    public string? Credential { get; set; }

    /// <summary>How and to where the proxy connected.</summary>
    public ConcurrentQueue<string> Targets { get; } = new();

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket socket = await _listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
            _ = ServeAsync(new NetworkStream(socket, ownsSocket: true));
        }
    }

    private async Task ServeAsync(Stream connection)
    {
        await using Stream client = _certificate is null ? connection : new SslStream(connection);
        if (client is SslStream tls)
        {
            await tls.AuthenticateAsServerAsync(_certificate!);
        }

        byte first = (await ReadAsync(client, 1))[0];
        using TcpClient? target = first switch
        {
            5 => await AcceptSocks5Async(client),
            4 => await AcceptSocks4Async(client),
            _ => await AcceptHttpAsync(client, (char)first),
        };
        if (target is not null)
        {
            await Task.WhenAny(client.CopyToAsync(target.GetStream()), target.GetStream().CopyToAsync(client));
        }
    }

    private async Task<TcpClient?> AcceptHttpAsync(Stream client, char first)
    {
        string head = first + await ReadToAsync(client, "\r\n\r\n");
        string[] line = head.Split("\r\n")[0].Split(' ');
        string expected = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(Credential ?? ""))}";
        if (Credential is not null && !head.Contains(expected, StringComparison.Ordinal))
        {
            await WriteAsync(client, "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return null;
        }

        if (line[0] == "CONNECT")
        {
            TcpClient tunnel = await ConnectAsync("CONNECT", line[1]);
            await WriteAsync(client, "HTTP/1.1 200 OK\r\n\r\n");
            return tunnel;
        }

        TcpClient target = await ConnectAsync("HTTP", new Uri(line[1]).Authority);
        await WriteAsync(target.GetStream(), head);
        return target;
    }

    private async Task<TcpClient?> AcceptSocks5Async(Stream client)
    {
        byte[] methods = await ReadAsync(client, (await ReadAsync(client, 1))[0]);
        byte method = (byte)(Credential is null ? 0 : 2);
        if (!methods.Contains(method))
        {
            await client.WriteAsync(new byte[] { 5, 0xFF }, TestContext.Current.CancellationToken);
            return null;
        }

        await client.WriteAsync(new byte[] { 5, method }, TestContext.Current.CancellationToken);
        if (Credential is not null)
        {
            await ReadAsync(client, 1);
            string user = await ReadTextAsync(client);
            bool isRight = $"{user}:{await ReadTextAsync(client)}" == Credential;
            await client.WriteAsync(new byte[] { 1, (byte)(isRight ? 0 : 1) }, TestContext.Current.CancellationToken);
            if (!isRight)
            {
                return null;
            }
        }

        byte kind = (await ReadAsync(client, 4))[3];
        string host = kind == 3 ? await ReadTextAsync(client) : new IPAddress(await ReadAsync(client, kind == 1 ? 4 : 16)).ToString();
        TcpClient target = await ConnectAsync("SOCKS5", $"{host}:{BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(client, 2))}");
        await client.WriteAsync(new byte[] { 5, 0, 0, 1, 0, 0, 0, 0, 0, 0 }, TestContext.Current.CancellationToken);
        return target;
    }

    private async Task<TcpClient?> AcceptSocks4Async(Stream client)
    {
        byte[] request = await ReadAsync(client, 7);
        await ReadToAsync(client, "\0");
        bool hasName = request[3..6].All(part => part == 0);
        string host = hasName ? (await ReadToAsync(client, "\0")).TrimEnd('\0') : new IPAddress(request[3..7]).ToString();
        TcpClient target = await ConnectAsync(hasName ? "SOCKS4a" : "SOCKS4", $"{host}:{BinaryPrimitives.ReadUInt16BigEndian(request.AsSpan(1))}");
        await client.WriteAsync(new byte[] { 0, 90, 0, 0, 0, 0, 0, 0 }, TestContext.Current.CancellationToken);
        return target;
    }

    private async Task<TcpClient> ConnectAsync(string how, string authority)
    {
        Targets.Enqueue($"{how} {authority}");
        var target = new TcpClient();
        await target.ConnectAsync(IPAddress.Loopback, int.Parse(authority.Split(':')[^1], null), TestContext.Current.CancellationToken);
        return target;
    }

    private static async Task<byte[]> ReadAsync(Stream stream, int length)
    {
        byte[] bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes, TestContext.Current.CancellationToken);
        return bytes;
    }

    private static async Task<string> ReadTextAsync(Stream stream) =>
        Encoding.UTF8.GetString(await ReadAsync(stream, (await ReadAsync(stream, 1))[0]));

    private static async Task<string> ReadToAsync(Stream stream, string end)
    {
        var text = new StringBuilder();
        while (!text.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            text.Append((char)(await ReadAsync(stream, 1))[0]);
        }

        return text.ToString();
    }

    private static Task WriteAsync(Stream stream, string text) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken).AsTask();
}
