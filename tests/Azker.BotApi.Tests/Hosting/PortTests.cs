using System.Net.Sockets;

namespace Azker.BotApi.Tests.Hosting;

public sealed class PortTests
{
    [Fact]
    public async Task Calls_are_counted_by_method_and_port()
    {
        await using TestServer test = await TestServer.StartAsync(new BotApiServerOptions { Ports = [0, 0] });
        await test.CallAsync("getMe");
        await test.CallAsync("getUpdates", port: 1);
        await test.CallAsync("getUpdates?offset=5", port: 1);
        Assert.Equal(
            [new("getme", test.Server.Ports[0], 1), new("getupdates", test.Server.Ports[1], 2)],
            test.Bot.Statistics.Calls);
    }

    [Fact]
    public async Task A_delivery_and_a_poll_are_recorded_with_their_port()
    {
        await using TestServer test = await TestServer.StartAsync(new BotApiServerOptions { Ports = [0, 0] });
        test.Bot.EnqueueText(1, 1, "a");
        await test.CallAsync("getUpdates", port: 1);
        Assert.Equal(new(test.Time.GetUtcNow(), test.Server.Ports[1], false), test.Bot.Updates.Single().Deliveries.Single());
        Assert.Equal(new(test.Time.GetUtcNow(), test.Server.Ports[1], 0, test.Time.GetUtcNow(), 200, false), test.Bot.Polls.Single());
    }

    [Fact]
    public async Task A_stopped_port_refuses_connections_until_it_is_started_while_the_other_goes_on()
    {
        await using TestServer test = await TestServer.StartAsync(new BotApiServerOptions { Ports = [0, 0] });
        await test.CallAsync("getMe");
        int port = test.Server.Ports[0];
        await test.Server.StopListeningAsync(port);
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => test.CallAsync("getMe"));
        Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(refused.InnerException).SocketErrorCode);
        Assert.Equal(200, (await test.CallAsync("getMe", port: 1)).Status);
        await test.Server.StartListeningAsync(port, TestServer.Cancellation);
        Assert.Equal(200, (await test.CallAsync("getMe")).Status);
        Assert.Equal(port, test.Server.Ports[0]);
    }

    [Fact]
    public async Task A_stopped_port_cuts_a_waiting_poll_which_goes_on_without_its_client()
    {
        await using TestServer test = await TestServer.StartAsync();
        TestServer.PendingCall poll = await test.PollAsync();
        await test.Server.StopListeningAsync(test.Server.Ports[0]);
        await Assert.ThrowsAsync<HttpRequestException>(() => poll.Answer);
        Assert.True(test.Bot.Statistics.WaitingPoll!.ClientGone);
    }

    [Fact]
    public async Task A_port_that_the_server_does_not_have_is_named()
    {
        await using TestServer test = await TestServer.StartAsync();
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => test.Server.StopListeningAsync(1));
        Assert.StartsWith($"The server has no port 1. Its ports: {test.Server.Ports[0]}.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_fails_the_start()
    {
        await using TestServer test = await TestServer.StartAsync();
        await Assert.ThrowsAnyAsync<IOException>(() => TestServer.StartAsync(new BotApiServerOptions { Ports = test.Server.Ports }));
    }
}
