using Azker.Azurite;
using Azker.Core.Configuration;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Tests.Polling;

/// <summary>Polls over a network with long delays and losses, in virtual time.</summary>
public sealed class SlowNetworkTests : IAsyncLifetime
{
    private const int Chats = 8;

    private PollingFixture _polling = null!;

    public async ValueTask InitializeAsync() => _polling = await PollingFixture.CreateAsync();

    public ValueTask DisposeAsync() => _polling.DisposeAsync();

    [Theory]
    [InlineData(1.5)]
    [InlineData(3)]
    public async Task With_the_defaults_updates_are_received_without_a_warning(double delay)
    {
        await using FaultProxy network = await ReceiveThrough(delay);
        await _polling.Stop();

        Assert.Empty(Warnings);
        Assert.Equal(Chats, _polling.Bot.Sent.Count);
        Assert.NotEqual(0, network.Lost);
    }

    [Fact]
    public async Task With_a_longer_limit_the_last_updates_are_confirmed()
    {
        await using FaultProxy network = await ReceiveThrough(3, (SettingNames.PollConfirmTimeout, "30"));
        _polling.RequestStop();
        await PassUntil(network, () => _polling.Bot.Statistics.Pending == 0, "all updates are confirmed");
        await _polling.Stop();

        Assert.Empty(Warnings);
    }

    [Theory]
    [InlineData("file", LogLevel.Information)]
    [InlineData("memory", LogLevel.Warning)]
    public async Task Updates_that_are_not_confirmed_at_a_stop_are_a_warning_where_the_next_run_handles_them_again(string ledger, LogLevel level)
    {
        await using FaultProxy network = await ReceiveThrough(3, (SettingNames.UpdateLedger, ledger));
        await _polling.Stop();

        Assert.Equal(level, Assert.Single(_polling.Log.Lines, line => line.Text.Contains("could not be confirmed", StringComparison.Ordinal)).Level);
    }

    private IEnumerable<string> Warnings => _polling.Log.Lines.Where(line => line.Level >= LogLevel.Warning).Select(line => line.Text);

    /// <summary>Receives one update of each chat. The first poll ends without an update, after its whole timeout.</summary>
    private async Task<FaultProxy> ReceiveThrough(double delay, params (string Name, string? Value)[] settings)
    {
        var network = new FaultProxy(_polling.Server.Ports[0]) { Fault = NetworkFault.SlowNetwork, Delay = TimeSpan.FromSeconds(delay), Loss = 0.05, Time = _polling.Time };
        _ = _polling.Start(null, [(SettingNames.TelegramApiUrl, $"http://127.0.0.1:{network.Port}"), .. settings]);
        await PassUntil(network, () => _polling.Bot.Statistics.Polls >= 2, "a poll ends without an update");
        for (int i = 0; i < Chats; i++)
        {
            _polling.Bot.EnqueueText(5 + i, 5 + i, $"/ping {i}");
            await PassUntil(network, () => _polling.Bot.Sent.Count > i, $"{i + 1} answers");
        }

        Assert.Equal("ok", (await _polling.Report()).Status);
        return network;
    }

    /// <summary>Lets virtual time pass only while the server or the network waits in it, so that the speed of this machine is no fault.</summary>
    private Task PassUntil(FaultProxy network, Func<bool> condition, string expectation) => Eventually.IsTrue(
        () =>
        {
            bool holds = condition();
            if (!holds && (network.Travelling > 0 || _polling.Bot.Statistics.WaitingPoll is not null))
            {
                _polling.Time.Advance(TimeSpan.FromSeconds(1));
            }

            return holds;
        },
        expectation);
}
