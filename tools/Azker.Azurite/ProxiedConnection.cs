using System.Net;
using System.Net.Sockets;

namespace Azker.Azurite;

/// <summary>One connection through a <see cref="FaultProxy"/>.</summary>
internal sealed class ProxiedConnection(FaultProxy proxy, Socket client)
{
    private static readonly TimeSpan BlackHolePoll = TimeSpan.FromMilliseconds(10);

    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private long _requestArrivedAt;

    public async Task RunAsync(int target, CancellationToken cancellationToken)
    {
        try
        {
            client.NoDelay = true;
            await _server.ConnectAsync(IPAddress.Loopback, target, cancellationToken);
            await Task.WhenAny(PumpRequestsAsync(cancellationToken), PumpRepliesAsync(cancellationToken));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Either side may close the connection at any time.
        }
        finally
        {
            Reset();
            proxy.Closed(this);
        }
    }

    /// <summary>Closes both sides at once; without lingering, a close is a reset.</summary>
    public void Reset()
    {
        foreach (Socket socket in new[] { client, _server })
        {
            try
            {
                socket.LingerState = new LingerOption(true, 0);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The socket is closed already.
            }

            socket.Dispose();
        }
    }

    private async Task PumpRequestsAsync(CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[64 * 1024];
        int length;
        while ((length = await client.ReceiveAsync(buffer, cancellationToken)) > 0)
        {
            await PassBlackHoleAsync(cancellationToken);
            if (IsRequestLine(buffer.AsSpan(0, length)))
            {
                proxy.RequestArrived();
                Volatile.Write(ref _requestArrivedAt, TimeProvider.System.GetTimestamp());
            }

            switch (proxy.Fault)
            {
                case NetworkFault.SlowRequests:
                    await Task.Delay(TimeSpan.FromSeconds((double)length / proxy.BytesPerSecond), proxy.Time, cancellationToken);
                    break;
                case NetworkFault.SlowNetwork:
                    await proxy.TravelAsync(cancellationToken);
                    break;
            }

            await SendAsync(_server, buffer.AsMemory(0, length), cancellationToken);
        }
    }

    private async Task PumpRepliesAsync(CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[64 * 1024];
        int length;
        while ((length = await _server.ReceiveAsync(buffer, cancellationToken)) > 0)
        {
            long arrivedAt = Volatile.Read(ref _requestArrivedAt);
            await PassBlackHoleAsync(cancellationToken);
            switch (proxy.Fault)
            {
                case NetworkFault.LoseReply:
                    continue;
                case NetworkFault.ResetMidReply:
                    await SendAsync(client, buffer.AsMemory(0, length / 2), cancellationToken);
                    return;
                case NetworkFault.DelayReply:
                    await Task.Delay(proxy.Delay, proxy.Time, cancellationToken);
                    break;
                case NetworkFault.SlowNetwork:
                    await proxy.TravelAsync(cancellationToken);
                    break;
            }

            await SendAsync(client, buffer.AsMemory(0, length), cancellationToken);
            proxy.Answered(arrivedAt);
        }
    }

    /// <summary>Waits until the black hole ends: TCP would send the bytes again, so they arrive after it.</summary>
    private async Task PassBlackHoleAsync(CancellationToken cancellationToken)
    {
        while (proxy.Fault == NetworkFault.BlackHole)
        {
            await Task.Delay(BlackHolePoll, TimeProvider.System, cancellationToken);
        }
    }

    private static bool IsRequestLine(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("GET "u8) || bytes.StartsWith("PUT "u8) || bytes.StartsWith("HEAD "u8) || bytes.StartsWith("POST "u8) || bytes.StartsWith("DELETE "u8)
        || bytes.StartsWith("PATCH "u8) || bytes.StartsWith("MERGE "u8);

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, cancellationToken)..];
        }
    }
}
