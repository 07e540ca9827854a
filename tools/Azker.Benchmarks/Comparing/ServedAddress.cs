using System.Net;
using System.Net.Sockets;

namespace Azker.Benchmarks.Comparing;

/// <summary>Waits for a program that begins to serve.</summary>
internal static class ServedAddress
{
    public static async Task WaitUntilServedAsync(IPEndPoint address, Task ended)
    {
        while (!ended.IsCompleted)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(address);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }
}
