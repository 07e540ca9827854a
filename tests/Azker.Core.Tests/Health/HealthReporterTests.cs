using System.Text;
using Azker.BotApi.Faults;
using Azker.Core.Configuration;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Health;
using Azker.Core.Hosting;
using Azker.Core.Locking;
using Azker.Core.Status;
using Azker.Core.Tests.Shared;
using Azker.Core.Webhook.Registration;
using Telegram.Bot;

namespace Azker.Core.Tests.Health;

public sealed class HealthReporterTests : IAsyncLifetime
{
    private StandIn _standIn = null!;

    public async ValueTask InitializeAsync() => _standIn = await StandIn.StartAsync();

    public ValueTask DisposeAsync() => _standIn.DisposeAsync();

    [Fact]
    public async Task A_registered_webhook_is_healthy()
    {
        await Register();

        Assert.Equal("ok webhook active", await Report());
    }

    [Fact]
    public async Task A_webhook_that_is_not_registered_is_down() =>
        Assert.Equal("down webhook The webhook is not registered.", await Report());

    [Fact]
    public async Task Another_webhook_is_down_and_not_named()
    {
        await _standIn.Client.SetWebhook("https://elsewhere.example.com", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("down webhook Another webhook is registered.", await Report());
    }

    [Fact]
    public async Task A_poller_that_holds_the_lock_receives_in_its_place()
    {
        await using IInstanceLockHandle? handle = await _standIn.Services.Get<IInstanceLock>().TryAcquireAsync(TestContext.Current.CancellationToken);

        Assert.Equal("degraded polling active A poller receives in place of the webhook.", await Report());
    }

    [Fact]
    public async Task A_failing_ledger_is_reported_as_degraded_and_then_as_down_until_it_works_or_reports_nothing()
    {
        const string fault = "The update ledger is unavailable, so no update is handled. The updates wait with Telegram.";
        LedgerStatus ledger = _standIn.Services.Get<LedgerStatus>();
        await Register();

        ledger.Failed();
        Assert.Equal($"degraded webhook active {fault}", await Report());
        _standIn.Time.Advance(TimeSpan.FromSeconds(60));
        ledger.Failed();
        Assert.Equal($"down webhook {fault}", await Report());
        ledger.Succeeded();
        Assert.Equal("ok webhook active", await Report());

        ledger.Failed();
        _standIn.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("ok webhook active", await Report());
    }

    [Fact]
    public async Task The_Bot_API_is_called_at_most_once_in_10_s_under_any_load()
    {
        await Register();
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Report()));
        Assert.Equal("getwebhookinfo 1", _standIn.Calls());

        _standIn.Time.Advance(TimeSpan.FromSeconds(9.9));
        await Report();
        Assert.Equal("", _standIn.Calls());

        _standIn.Time.Advance(TimeSpan.FromSeconds(0.1));
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Report()));
        Assert.Equal("getwebhookinfo 1", _standIn.Calls());
    }

    [Fact]
    public async Task A_Bot_API_server_that_stops_answering_is_reported_as_degraded_and_then_as_down()
    {
        const string fault = "The Bot API server cannot be reached or answers with errors.";
        await Register();
        await Report();
        _standIn.Server.Faults.Add(new Fault(FaultKind.Html));

        _standIn.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal($"degraded webhook active {fault}", await Report());
        _standIn.Time.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal($"down webhook {fault}", await Report());

        _standIn.Server.Faults.Clear();
        _standIn.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("ok webhook active", await Report());
    }

    [Fact]
    public async Task A_wall_clock_that_is_set_makes_no_short_outage_of_the_Bot_API_server_a_long_one()
    {
        await Register();
        await Report();
        _standIn.Server.Faults.Add(new Fault(FaultKind.Html));

        _standIn.Time.Advance(TimeSpan.FromSeconds(10));
        _standIn.Clock.Skew = TimeSpan.FromHours(2);

        Assert.StartsWith("degraded webhook active", await Report(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_not_named()
    {
        await _standIn.Server.StopListeningAsync(_standIn.Server.Ports[0]);

        HealthReport report = await _standIn.Services.Get<HealthReporter>().ReportAsync(TestContext.Current.CancellationToken);
        string json = Encoding.UTF8.GetString(report.ToJson());

        Assert.DoesNotContain("127.0.0.1", json, StringComparison.Ordinal);
        Assert.DoesNotContain(Environment.MachineName, json, StringComparison.Ordinal);
        Assert.DoesNotContain("bot.example.com", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_poller_is_healthy_while_its_exchanges_succeed()
    {
        ReceiverStatus status = _standIn.Services.Get<ReceiverStatus>();
        status.Mode = ReceiverMode.Polling;
        status.ExchangeSucceeded();
        Assert.Equal("degraded polling active The webhook does not receive updates. This instance polls in its place.", await Report());

        await using var polling = new Services([(SettingNames.TelegramApiUrl, _standIn.Server.Url)], _standIn.Time);
        ReceiverStatus other = polling.Get<ReceiverStatus>();
        other.ExchangeSucceeded();
        Assert.Equal("ok polling active", await Report(polling));

        other.ExchangeFailed("Fault.");
        _standIn.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("degraded polling Fault.", await Report(polling));
        other.ExchangeFailed("Fault.");
        _standIn.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("down polling Fault.", await Report(polling));
        Assert.Equal("", _standIn.Calls());
    }

    [Fact]
    public async Task A_registration_by_this_instance_is_reported_at_once()
    {
        Assert.Equal("down webhook The webhook is not registered.", await Report());

        await Register();

        Assert.Equal("ok webhook active", await Report());
    }

    [Fact]
    public async Task A_failback_by_this_instance_is_reported_at_once()
    {
        ReceiverStatus status = _standIn.Services.Get<ReceiverStatus>();
        Assert.Equal("down webhook The webhook is not registered.", await Report());
        status.Mode = ReceiverMode.Polling;
        status.ExchangeSucceeded();
        Assert.Equal("degraded polling active The webhook does not receive updates. This instance polls in its place.", await Report());

        await _standIn.Client.SetWebhook(StandIn.Url, cancellationToken: TestContext.Current.CancellationToken);
        status.Mode = null;

        Assert.Equal("ok webhook active", await Report());
        _standIn.Calls();
        await Report();
        Assert.Equal("", _standIn.Calls());
    }

    [Theory]
    [InlineData("false", "polling")]
    [InlineData("true", "webhook")]
    public async Task An_instance_that_waits_for_the_lock_stands_by_until_it_holds_the_lock(string useWebhook, string mode)
    {
        const string reason = "Another instance holds the receiver lock. This instance waits for its release.";
        await using var standby = new Services(
            [(SettingNames.TelegramApiUrl, _standIn.Server.Url), (SettingNames.UseWebhook, useWebhook), (SettingNames.WebhookUrl, StandIn.Url), (SettingNames.LockWait, "true")],
            _standIn.Time);
        IInstanceLockHandle holder = (await standby.Get<IInstanceLock>().TryAcquireAsync(TestContext.Current.CancellationToken))!;
        Task<IInstanceLockHandle> waiting = standby.Get<ReceiverLock>().TakeAsync(TestContext.Current.CancellationToken);
        await Eventually.IsTrue(() => standby.Get<ReceiverStatus>().Standby is not null, "the instance waits");

        _standIn.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal($"standby {mode} {reason}", await Report(standby));
        Assert.Equal(200, await StatusCode(standby));

        await holder.DisposeAsync();
        await _standIn.Time.PassUntil(() => waiting.IsCompleted, "the instance holds the lock", step: 1);
        await using IInstanceLockHandle held = await waiting;
        Assert.DoesNotContain("standby", await Report(standby), StringComparison.Ordinal);
    }

    private static async Task<int> StatusCode(Services services) =>
        (await services.Get<HealthReporter>().ReportAsync(TestContext.Current.CancellationToken)).StatusCode;

    private async Task Register()
    {
        await _standIn.Services.Get<WebhookGuard>().RunAsync(TestContext.Current.CancellationToken);
        _standIn.Calls();
    }

    private Task<string> Report() => Report(_standIn.Services);

    private static async Task<string> Report(Services services)
    {
        HealthReport report = await services.Get<HealthReporter>().ReportAsync(TestContext.Current.CancellationToken);
        string?[] parts = [report.Status, report.Mode.ToString().ToLowerInvariant(), report.Active ? "active" : null, report.Reason];
        return string.Join(' ', parts.OfType<string>());
    }
}
