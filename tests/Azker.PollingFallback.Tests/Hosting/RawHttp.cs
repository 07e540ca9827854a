using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Azker.PollingFallback.Tests.Hosting;

/// <summary>An answer as it came over the socket.</summary>
internal sealed record RawAnswer(int Status, string Head, string Body)
{
    public string? Header(string name) => Head.Split("\r\n")
        .Select(line => line.Split(": ", 2))
        .FirstOrDefault(parts => parts[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1];
}

/// <summary>HTTP over a bare socket, so that a test can send any wrong request.</summary>
internal static class RawHttp
{
    /// <summary>Sends the pieces, each in a packet of its own, and reads the answer.</summary>
    /// <returns>The answer, with status 0 when the connection was closed without one.</returns>
    public static async Task<RawAnswer> ExchangeAsync(int port, IReadOnlyList<string> pieces)
    {
        using Socket socket = await ConnectAsync(port);
        foreach (string piece in pieces)
        {
            await SendAsync(socket, Encoding.UTF8.GetBytes(piece));
        }

        return await ReadAsync(socket);
    }

    public static async Task<Socket> ConnectAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        return socket;
    }

    /// <summary>Sends as much as the server takes, which may close the connection early.</summary>
    /// <returns>Whether the server took all bytes.</returns>
    public static async Task<bool> SendAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[await socket.SendAsync(bytes, TestContext.Current.CancellationToken)..];
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public static async Task<RawAnswer> ReadAsync(Socket socket)
    {
        var received = new List<byte>();
        byte[] buffer = new byte[8192];
        while (Parse(received) is var (answer, isWhole))
        {
            if (isWhole)
            {
                return answer!;
            }

            int read = await ReceiveAsync(socket, buffer);
            if (read == 0)
            {
                return answer ?? new RawAnswer(0, Encoding.UTF8.GetString([.. received]), "");
            }

            received.AddRange(buffer.AsSpan(0, read));
        }

        throw new InvalidOperationException();
    }

    private static async Task<int> ReceiveAsync(Socket socket, byte[] buffer)
    {
        try
        {
            return await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    private static (RawAnswer? Answer, bool IsWhole) Parse(List<byte> received)
    {
        string text = Encoding.Latin1.GetString([.. received]);
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return (null, false);
        }

        var answer = new RawAnswer(int.Parse(text.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture), text[..end], text[(end + 4)..]);
        bool isWhole = int.TryParse(answer.Header("Content-Length"), out int length) && answer.Body.Length >= length;
        return (answer, isWhole);
    }
}
