using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Azker.Benchmarks.Comparing;

/// <summary>Sends unique updates to a webhook, as Telegram does: with the secret, over connections that are kept open.</summary>
internal sealed class WebhookLoad(IPEndPoint webhook, int connections, Func<int, string> message)
{
    public const string Secret = "benchmark_secret_0123456789";

    private int _next;

    /// <summary>Sends until the webhook's process has counted enough updates and ends.</summary>
    /// <returns>The times to the answers of the last updates, in milliseconds.</returns>
    public async Task<IReadOnlyList<double>> RunAsync(Task ended)
    {
        List<double>[] times = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => SendAsync(ended))));
        return [.. times.SelectMany(some => some.Skip(some.Count / 2))];
    }

    private async Task<List<double>> SendAsync(Task ended)
    {
        List<double> times = [];
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        byte[] answer = new byte[4096];
        try
        {
            await socket.ConnectAsync(webhook);
            while (!ended.IsCompleted)
            {
                byte[] request = Request(Interlocked.Increment(ref _next));
                long sentAt = TimeProvider.System.GetTimestamp();
                await socket.SendAsync(request);
                int read = await socket.ReceiveAsync(answer);
                if (read == 0)
                {
                    break;
                }

                times.Add(TimeProvider.System.GetElapsedTime(sentAt).TotalMilliseconds);
                Check(answer.AsSpan(0, read));
            }
        }
        catch (SocketException)
        {
            // The process has counted enough updates, and has ended.
        }

        return times;
    }

    private static void Check(ReadOnlySpan<byte> answer)
    {
        if (!answer.StartsWith("HTTP/1.1 200"u8))
        {
            throw new InvalidOperationException($"The webhook did not accept an update: {Encoding.ASCII.GetString(answer)}");
        }
    }

    private byte[] Request(int number)
    {
        byte[] body = Encoding.UTF8.GetBytes(message(number));
        string head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nX-Telegram-Bot-Api-Secret-Token: {Secret}\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
