using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Azker.BotApi.Tests.Pushing;

/// <summary>A request to a webhook, byte for byte, that the test answers.</summary>
internal sealed record ReceivedRequest(string Head, string Body, ReceivingConnection Connection)
{
    private const string HeadEnd = "\r\n\r\n";

    public int UpdateId => JsonDocument.Parse(Body).RootElement.GetProperty("update_id").GetInt32();

    /// <summary>Reads the next request of a connection, or null when the sender has closed the connection.</summary>
    public static async Task<ReceivedRequest?> ReadAsync(ReceivingConnection connection, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith(HeadEnd, StringComparison.Ordinal))
        {
            if (await connection.Stream.ReadAsync(one, cancellationToken) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        const string contentLength = "Content-Length: ";
        string line = head.ToString().Split("\r\n").Single(line => line.StartsWith(contentLength, StringComparison.Ordinal));
        byte[] body = new byte[int.Parse(line[contentLength.Length..], CultureInfo.InvariantCulture)];
        await connection.Stream.ReadExactlyAsync(body, cancellationToken);
        return new ReceivedRequest(head.ToString(), Encoding.UTF8.GetString(body), connection);
    }

    /// <summary>Answers with a status, further header lines and a body.</summary>
    public Task AnswerAsync(string status = "200 OK", string headers = "", string body = "") =>
        AnswerAsync(status, headers, Encoding.UTF8.GetBytes(body));

    public Task AnswerAsync(string status, string headers, byte[] body) =>
        WriteAsync([.. Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\n{headers}\r\n"), .. body]);

    public Task WriteAsync(string raw) => WriteAsync(Encoding.UTF8.GetBytes(raw));

    /// <summary>Closes the connection in order, without an answer.</summary>
    public void Close() => Connection.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);

    /// <summary>Closes the connection with a reset.</summary>
    public void Reset()
    {
        Connection.Socket.LingerState = new System.Net.Sockets.LingerOption(true, 0);
        Connection.Socket.Close();
    }

    private async Task WriteAsync(byte[] bytes)
    {
        await Connection.Stream.WriteAsync(bytes, TestServer.Cancellation);
        await Connection.Stream.FlushAsync(TestServer.Cancellation);
    }
}
