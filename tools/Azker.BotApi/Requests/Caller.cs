using System.Net.Sockets;

namespace Azker.BotApi.Requests;

/// <summary>
/// The client of a call: the local port of its connection, and whether the client is still connected. The socket knows of a closed
/// connection before the web server does.
/// </summary>
internal readonly record struct Caller(int Port, CancellationToken Aborted, Socket? Socket = null)
{
    /// <summary>A webhook that calls a method with its answer. It uses no port.</summary>
    public static Caller Webhook { get; } = new(0, CancellationToken.None);

    public bool IsGone => Aborted.IsCancellationRequested || HasClosed();

    /// <summary>A client sends nothing between a request and its answer, so a readable socket without data is closed.</summary>
    private bool HasClosed()
    {
        try
        {
            return Socket is { } socket && socket.Poll(TimeSpan.Zero, SelectMode.SelectRead) && socket.Available == 0;
        }
        catch (Exception error) when (error is ObjectDisposedException or SocketException)
        {
            return true;
        }
    }
}
