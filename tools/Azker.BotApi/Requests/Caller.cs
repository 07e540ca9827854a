using System.Net.Sockets;

namespace Azker.BotApi.Requests;

/// <summary>
/// Who asked: the local port of the connection, and whether it is still there. That a client has closed is known to its
/// socket before the web server takes note of it.
/// </summary>
internal readonly record struct Caller(int Port, CancellationToken Aborted, Socket? Socket = null)
{
    /// <summary>A webhook that called a method in its answer came through no port.</summary>
    public static Caller Webhook { get; } = new(0, CancellationToken.None);

    public bool IsGone => Aborted.IsCancellationRequested || HasClosed();

    /// <summary>Nothing follows a request before its answer, so a socket that can be read of and has nothing has been closed.</summary>
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
