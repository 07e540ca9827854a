using System.Globalization;
using System.Net.Sockets;
using Azker.Core.Configuration;
using Azker.Processes;

namespace Azker.PollingFallback.Tests.Hosting;

public class ListenAddressTests
{
    [Fact]
    public async Task Localhost_and_all_addresses_are_listened_at_by_both_families()
    {
        foreach (string listen in new[] { "http://localhost:{0}", ":{0}" })
        {
            int port = FreePort.Take();
            await using ConsoleServerHost host = await ConsoleServerHost.StartAsync((SettingNames.WebhookListen, string.Format(CultureInfo.InvariantCulture, listen, port)));
            foreach (string address in Socket.OSSupportsIPv6 ? new[] { "127.0.0.1", "[::1]" } : ["127.0.0.1"])
            {
                using var client = new HttpClient();
                Assert.Contains("ok", await client.GetStringAsync(new Uri($"http://{address}:{port}/health/live"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
            }
        }
    }
}
