using Azker.BotApi.Faults;
using Azker.Core.Configuration;
using Azker.Core.Locking;
using Azker.Core.Locking.PidFile;
using Azker.Core.Tests.Shared;
using Azker.Core.Webhook;
using Azker.Core.Webhook.Registration;
using Microsoft.Extensions.Logging.Abstractions;
using Telegram.Bot;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Azker.Core.Tests.Webhook.Registration;

public sealed class WebhookGuardTests : IAsyncLifetime
{
    private const string Secret = "secret";
    private const string NoWrite = "getwebhookinfo 1";
    private const string OneWrite = "getwebhookinfo 2, setwebhook 1";

    private StandIn _standIn = null!;

    public async ValueTask InitializeAsync() => _standIn = await StandIn.StartAsync((SettingNames.WebhookSecret, Secret));

    public ValueTask DisposeAsync() => _standIn.DisposeAsync();

    [Fact]
    public async Task A_webhook_that_is_not_set_is_registered()
    {
        Assert.Equal(WebhookGuardOutcome.Registered, (await Guard()).Outcome);

        Assert.Equal(OneWrite, _standIn.Calls());
        WebhookInfo info = await Info();
        Assert.Equal(StandIn.Url, info.Url);
        Assert.Equal(40, info.MaxConnections);
        Assert.Null(info.AllowedUpdates);
        ReceiverRecord record = (await _standIn.Services.Get<IReceiverRecordStore>().ReadAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal("webhook", record.Mode);
        Assert.Equal("receiving", record.State);
        Assert.Equal(_standIn.Services.Get<SecretToken>().Fingerprint, record.Fingerprint);
        Assert.True(record.Epoch > 0);
        Assert.DoesNotContain(Secret, await File.ReadAllTextAsync(_standIn.Services.Data["receiver-123456.json"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lock_is_free_again_after_a_run()
    {
        await Guard();

        await using IInstanceLockHandle? handle = await _standIn.Services.Get<IInstanceLock>().TryAcquireAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(handle);
    }

    [Fact]
    public async Task An_unchanged_webhook_costs_one_getWebhookInfo_and_no_write()
    {
        await Registered();
        DateTime written = File.GetLastWriteTimeUtc(_standIn.Services.Data["receiver-123456.json"]);

        for (int run = 0; run < 3; run++)
        {
            Assert.Equal(WebhookGuardOutcome.Unchanged, (await Guard()).Outcome);
            Assert.Equal(NoWrite, _standIn.Calls());
        }

        Assert.Equal(written, File.GetLastWriteTimeUtc(_standIn.Services.Data["receiver-123456.json"]));
    }

    public static TheoryData<string, string, int, UpdateType[]> Changes => new()
    {
        { "url", "https://elsewhere.example.com/webhook", 40, [] },
        { "url", "https://bot.example.com/other", 40, [] },
        { "max_connections", StandIn.Url, 41, [] },
        { "allowed_updates", StandIn.Url, 40, [UpdateType.Message] },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_webhook_that_another_program_changed_is_repaired(string drift, string url, int maxConnections, UpdateType[] allowed)
    {
        await Registered();
        await _standIn.Client.SetWebhook(
            url, maxConnections: maxConnections, allowedUpdates: allowed, secretToken: Secret, cancellationToken: TestContext.Current.CancellationToken);
        await AssertRepaired(drift);
    }

    [Fact]
    public async Task A_webhook_that_another_program_deleted_is_registered_again()
    {
        await Registered();
        await _standIn.Client.DeleteWebhook(cancellationToken: TestContext.Current.CancellationToken);
        _standIn.Calls();

        Assert.Equal(WebhookGuardOutcome.Registered, (await Guard()).Outcome);
        Assert.Equal(OneWrite, _standIn.Calls());
    }

    [Fact]
    public async Task A_secret_that_was_changed_in_the_settings_is_registered()
    {
        await Registered();
        await using var other = new Services(
            [
                (SettingNames.TelegramApiUrl, _standIn.Server.Url),
                (SettingNames.WebhookUrl, StandIn.Url),
                (SettingNames.WebhookSecret, "rotated"),
            ],
            _standIn.Time);
        File.Copy(_standIn.Services.Data["receiver-123456.json"], other.Data["receiver-123456.json"]);

        WebhookGuardResult result = await other.Get<WebhookGuard>().RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(WebhookGuardOutcome.Repaired, result.Outcome);
        Assert.Equal(["secret_token"], result.Drift);
        Assert.Equal(OneWrite, _standIn.Calls());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{")]
    public async Task Without_a_readable_record_the_webhook_is_registered_again(string? content)
    {
        await Registered();
        File.Delete(_standIn.Services.Data["receiver-123456.json"]);
        if (content is not null)
        {
            await File.WriteAllTextAsync(_standIn.Services.Data["receiver-123456.json"], content, TestContext.Current.CancellationToken);
        }

        await AssertRepaired("secret_token");
    }

    [Fact]
    public async Task While_a_poller_holds_the_lock_the_guard_makes_no_call()
    {
        var other = new PidFileLock(TestOptions.Local(_standIn.Services.Data.FullPath, 123456), _standIn.Time, NullLogger<PidFileLock>.Instance);
        await using IInstanceLockHandle? handle = await other.TryAcquireAsync(TestContext.Current.CancellationToken);

        WebhookGuardResult result = await Guard();

        Assert.Equal(WebhookGuardOutcome.LockHeld, result.Outcome);
        Assert.Contains($"PID {Environment.ProcessId}", result.Reason, StringComparison.Ordinal);
        Assert.Equal("", _standIn.Calls());
    }

    [Fact]
    public async Task Under_a_lock_that_the_caller_holds_the_guard_checks_once()
    {
        await using IInstanceLockHandle handle = await Lock();
        WebhookGuard guard = _standIn.Services.Get<WebhookGuard>();

        Assert.Equal(WebhookGuardOutcome.Registered, (await guard.RunAsync(handle, TestContext.Current.CancellationToken)).Outcome);
        Assert.Equal("getwebhookinfo 1, setwebhook 1", _standIn.Calls());
        Assert.Equal(WebhookGuardOutcome.Unchanged, (await guard.RunAsync(handle, TestContext.Current.CancellationToken)).Outcome);
        Assert.Equal(NoWrite, _standIn.Calls());
    }

    [Fact]
    public async Task No_webhook_is_set_under_a_lock_that_is_no_longer_held()
    {
        IInstanceLockHandle handle = await Lock();
        await handle.DisposeAsync();

        await Assert.ThrowsAsync<InstanceLockLostException>(
            () => _standIn.Services.Get<WebhookGuard>().RunAsync(handle, TestContext.Current.CancellationToken));
        Assert.Equal(NoWrite, _standIn.Calls());
    }

    [Fact]
    public async Task A_short_429_of_setWebhook_is_waited_for()
    {
        _standIn.Server.Faults.Add(new Fault(FaultKind.TooManyRequests) { Method = "setWebhook", RetryAfter = 1, Times = 1 });
        Task<WebhookGuardResult> run = Guard();

        await _standIn.Time.PassUntil(() => run.IsCompleted, "the guard ends");

        Assert.Equal(WebhookGuardOutcome.Registered, (await run).Outcome);
    }

    [Theory]
    [InlineData("getWebhookInfo")]
    [InlineData("setWebhook")]
    public async Task A_long_429_is_obeyed_without_a_call(string method)
    {
        _standIn.Server.Faults.Add(new Fault(FaultKind.TooManyRequests) { Method = method, RetryAfter = 30, Times = 1 });
        Assert.Equal(TimeSpan.FromSeconds(30), (await Guard()).RetryAfter);
        _standIn.Calls();

        _standIn.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(WebhookGuardOutcome.Failed, (await Guard()).Outcome);
        Assert.Equal("", _standIn.Calls());

        _standIn.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(WebhookGuardOutcome.Registered, (await Guard()).Outcome);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_long_429_is_obeyed_also_when_the_wall_clock_is_set(int hours)
    {
        _standIn.Server.Faults.Add(new Fault(FaultKind.TooManyRequests) { Method = "getWebhookInfo", RetryAfter = 30, Times = 1 });
        await Guard();
        _standIn.Calls();

        _standIn.Clock.Skew = TimeSpan.FromHours(hours);
        _standIn.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(TimeSpan.FromSeconds(1), (await Guard()).RetryAfter);
        Assert.Equal("", _standIn.Calls());

        _standIn.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(WebhookGuardOutcome.Registered, (await Guard()).Outcome);
    }

    [Fact]
    public async Task A_failed_getWebhookInfo_is_reported_and_the_lock_is_not_taken()
    {
        _standIn.Server.Faults.Add(new Fault(FaultKind.Html) { Method = "getWebhookInfo", Times = 1 });

        WebhookGuardResult result = await Guard();

        Assert.Equal(WebhookGuardOutcome.Failed, result.Outcome);
        Assert.Empty(result.Drift);
        Assert.Equal("getWebhookInfo failed: HTTP 502 with a body that is not a Bot API answer.", result.Reason);
        Assert.False(File.Exists(_standIn.Services.Data["bot.lock"]));
    }

    [Fact]
    public async Task A_webhook_that_Telegram_refuses_is_a_failure_with_its_reason()
    {
        await using StandIn strict = await StandIn.StartAsync((SettingNames.WebhookUrl, "https://bot.example.com:444/webhook"));

        WebhookGuardResult result = await strict.Services.Get<WebhookGuard>().RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(WebhookGuardOutcome.Failed, result.Outcome);
        Assert.Equal(["url"], result.Drift);
        Assert.Contains("Webhook can be set up only on ports 80, 88, 443 or 8443", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_guards_at_once_set_the_webhook_once()
    {
        WebhookGuardResult[] results = await Task.WhenAll(Guard(), Guard());

        Assert.Contains(results, result => result.Outcome == WebhookGuardOutcome.Registered);
        Assert.Contains("setwebhook 1", _standIn.Calls(), StringComparison.Ordinal);
    }

    private async Task Registered()
    {
        await Guard();
        _standIn.Pass();
        _standIn.Calls();
    }

    private async Task AssertRepaired(string drift)
    {
        _standIn.Pass();
        _standIn.Calls();

        WebhookGuardResult result = await Guard();

        Assert.Equal(WebhookGuardOutcome.Repaired, result.Outcome);
        Assert.Equal([drift], result.Drift);
        Assert.Equal(OneWrite, _standIn.Calls());
        Assert.Equal(WebhookGuardOutcome.Unchanged, (await Guard()).Outcome);
    }

    private Task<WebhookGuardResult> Guard() => _standIn.Services.Get<WebhookGuard>().RunAsync(TestContext.Current.CancellationToken);

    private Task<WebhookInfo> Info() => _standIn.Client.GetWebhookInfo(TestContext.Current.CancellationToken);

    private async Task<IInstanceLockHandle> Lock() =>
        (await _standIn.Services.Get<IInstanceLock>().TryAcquireAsync(TestContext.Current.CancellationToken))!;
}
