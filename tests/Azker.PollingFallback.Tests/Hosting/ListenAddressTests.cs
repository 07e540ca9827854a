using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Azker.Core.Configuration;

namespace Azker.PollingFallback.Tests.Hosting;

public class ListenAddressTests
{
    [Fact]
    public async Task Localhost_and_all_addresses_are_listened_at_by_both_families()
    {
        foreach (string listen in new[] { "http://localhost:{0}", ":{0}" })
        {
            int port = FreePort();
            await using ConsoleServerHost host = await ConsoleServerHost.StartAsync((SettingNames.WebhookListen, string.Format(CultureInfo.InvariantCulture, listen, port)));
            foreach (string address in Socket.OSSupportsIPv6 ? new[] { "127.0.0.1", "[::1]" } : ["127.0.0.1"])
            {
                using var client = new HttpClient();
                Assert.Contains("ok", await client.GetStringAsync(new Uri($"http://{address}:{port}/health/live"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
