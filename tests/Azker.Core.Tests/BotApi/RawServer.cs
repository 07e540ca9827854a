using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Azker.Core.Tests.BotApi;

/// <summary>A server that sends what a test says, byte for byte, to the first connection.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _buffer = new byte[1024];

    public RawServer() => _listener.Start();

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Reads the beginning of the request, sends the answer, and ends the connection.</summary>
    public async Task AnswerAsync(string answer)
    {
        using Socket socket = await AcceptAsync();
        await socket.SendAsync(Encoding.ASCII.GetBytes(answer), TestContext.Current.CancellationToken);
        socket.Shutdown(SocketShutdown.Send);
        try
        {
            // The client ends the connection, so that no unread byte of the request turns the end into a reset.
            while (await socket.ReceiveAsync(_buffer, TestContext.Current.CancellationToken) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // The client has reset the connection after it had read the answer.
        }
    }

    /// <summary>Reads the beginning of the request and resets the connection.</summary>
    public async Task ResetAsync()
    {
        using Socket socket = await AcceptAsync();
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
    }

    private async Task<Socket> AcceptAsync()
    {
        Socket socket = await _listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        await socket.ReceiveAsync(_buffer, TestContext.Current.CancellationToken);
        return socket;
    }

    public void Dispose() => _listener.Dispose();
}
