using System.Net;
using System.Net.Sockets;

namespace Azker.Benchmarks.Comparing;

/// <summary>Finds a port for a program to serve, and waits until it serves.</summary>
internal static class FreePort
{
    public static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

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
