using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Azker.Core.Tests.Shared;
using Azker.PollingFallback.Tests.Shared;

namespace Azker.PollingFallback.Tests.Hosting;

/// <summary>A console below systemd, whose part of sd_notify(3) is a datagram socket of the test.</summary>
public sealed class SystemdTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private readonly ConcurrentQueue<string> _received = new();
    private Socket _systemd = null!;
    private Task _receiving = Task.CompletedTask;
    private ConsoleFixture _fixture = null!;

    private string Address => _directory["notify"];

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "systemd runs on Linux.");
        _fixture = await ConsoleFixture.CreateAsync();
        _systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        _systemd.Bind(new UnixDomainSocketEndPoint(Address));
        _receiving = ReceiveAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _systemd.Dispose();
        await _receiving;
        await _fixture.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Systemd_hears_that_the_console_receives_works_and_stops()
    {
        ConsoleProcess console = _fixture.Start([], ("NOTIFY_SOCKET", Address), ("WATCHDOG_USEC", "200000"));
        await Eventually.IsTrue(() => _received.Contains("READY=1"), "the console is ready");
        Assert.Contains(_fixture.Bot.Statistics.Calls, call => call.Method == "getwebhookinfo");

        await Eventually.IsTrue(() => _received.Count(text => text == "WATCHDOG=1") > 2, "the console works");
        Assert.Equal(0, await console.Stop());

        await Eventually.IsTrue(() => _received.Contains("STOPPING=1"), "the console stops");
    }

    [Fact]
    public async Task A_console_with_a_faulty_setting_is_never_ready()
    {
        ConsoleProcess console = _fixture.Start([], ("NOTIFY_SOCKET", Address), ("POLL_TIMEOUT", "never"));

        Assert.Equal(78, await console.Exit());
        Assert.Empty(_received);
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[4096];
        try
        {
            while (true)
            {
                int length = await _systemd.ReceiveAsync(buffer);
                _received.Enqueue(Encoding.UTF8.GetString(buffer, 0, length));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
        }
    }
}
