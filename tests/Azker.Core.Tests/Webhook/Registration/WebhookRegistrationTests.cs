using Azker.BotApi.Faults;
using Azker.Core.Configuration;
using Azker.Core.Locking;
using Azker.Core.Tests.Shared;
using Azker.Core.Webhook;
using Azker.Core.Webhook.Registration;
using Telegram.Bot;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Azker.Core.Tests.Webhook.Registration;

public sealed class WebhookRegistrationTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task All_settings_of_the_webhook_are_registered()
    {
        await using StandIn standIn = await StandIn.StartAsync(
            (SettingNames.WebhookMaxConnections, "7"),
            (SettingNames.AllowedUpdates, "message,chat_member"),
            (SettingNames.WebhookIpAddress, "149.154.161.2"),
            (SettingNames.WebhookCertificate, Certificates.Write(_directory["certificate.pem"])));

        Assert.Equal(WebhookGuardOutcome.Registered, (await Guard(standIn)).Outcome);
        Assert.Equal(WebhookGuardOutcome.Unchanged, (await Guard(standIn)).Outcome);

        WebhookInfo info = await standIn.Client.GetWebhookInfo(TestContext.Current.CancellationToken);
        Assert.Equal(7, info.MaxConnections);
        Assert.Equal(["Message", "ChatMember"], info.AllowedUpdates!.Select(kind => kind.ToString()));
        Assert.Equal("149.154.161.2", info.IpAddress);
        Assert.True(info.HasCustomCertificate);
    }

    [Fact]
    public async Task A_certificate_that_is_renewed_in_its_file_is_registered_again()
    {
        await using StandIn standIn = await StandIn.StartAsync((SettingNames.WebhookCertificate, Certificates.Write(_directory["certificate.pem"])));
        await Guard(standIn);
        standIn.Pass();

        Certificates.Write(_directory["certificate.pem"]);
        WebhookGuardResult result = await Guard(standIn);

        Assert.Equal((WebhookGuardOutcome.Repaired, "certificate"), (result.Outcome, Assert.Single(result.Drift)));
        Assert.Equal(WebhookGuardOutcome.Unchanged, (await Guard(standIn)).Outcome);
    }

    [Fact]
    public async Task A_certificate_that_is_faulty_for_a_while_changes_nothing_and_is_logged_once()
    {
        string path = Certificates.Write(_directory["certificate.pem"]);
        await using StandIn standIn = await StandIn.StartAsync((SettingNames.WebhookCertificate, path));
        await Guard(standIn);

        await File.WriteAllTextAsync(path, "-----BEGIN", TestContext.Current.CancellationToken);
        Assert.Equal(WebhookGuardOutcome.Unchanged, (await Guard(standIn)).Outcome);
        Assert.Equal(WebhookGuardOutcome.Unchanged, (await Guard(standIn)).Outcome);

        Assert.Equal(
            $"The certificate file '{path}' holds no certificate as PEM. The registered certificate stays in use.",
            Assert.Single(standIn.Log.Of<CertificateWatch>(3122)).Text.TrimEnd());
    }

    [Fact]
    public async Task Kinds_of_update_that_the_server_leaves_out_are_set_twice_and_then_a_warning_once()
    {
        await using StandIn standIn = await StandIn.StartAsync((SettingNames.AllowedUpdates, "message,chat_member"));
        await Guard(standIn);
        await LeaveOut(standIn);
        Assert.Equal(WebhookGuardOutcome.Repaired, (await Guard(standIn)).Outcome);
        await LeaveOut(standIn);

        Assert.Equal(WebhookGuardOutcome.Unchanged, (await Guard(standIn)).Outcome);
        Assert.Equal(WebhookGuardOutcome.Unchanged, (await Guard(standIn)).Outcome);
        Assert.Contains("It sends these: message.", Assert.Single(standIn.Log.Of<WebhookGuard>(3106)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task Pending_updates_are_kept_unless_the_user_orders_to_drop_them(bool dropPending, int pending)
    {
        await using StandIn standIn = await StandIn.StartAsync();
        standIn.Bot.EnqueueText(5, 5, "waiting");
        await using IInstanceLockHandle handle = await Lock(standIn);

        await standIn.Services.Get<WebhookRegistration>().SetAsync(handle, dropPending, TestContext.Current.CancellationToken);

        Assert.Equal(pending, (await standIn.Client.GetWebhookInfo(TestContext.Current.CancellationToken)).PendingUpdateCount);
    }

    [Fact]
    public async Task Our_webhook_is_deleted_and_the_pending_updates_are_kept()
    {
        await using StandIn standIn = await StandIn.StartAsync();
        await Guard(standIn);
        standIn.Bot.EnqueueText(5, 5, "waiting");
        await using IInstanceLockHandle handle = await Lock(standIn);

        Assert.True(await standIn.Services.Get<WebhookRemoval>().RunAsync(handle, TestContext.Current.CancellationToken));

        WebhookInfo info = await standIn.Client.GetWebhookInfo(TestContext.Current.CancellationToken);
        Assert.Equal("", info.Url);
        Assert.Equal(1, info.PendingUpdateCount);
    }

    [Fact]
    public async Task A_webhook_that_is_not_ours_is_not_deleted()
    {
        await using StandIn standIn = await StandIn.StartAsync();
        await standIn.Client.SetWebhook("https://elsewhere.example.com", cancellationToken: TestContext.Current.CancellationToken);
        standIn.Calls();
        await using IInstanceLockHandle handle = await Lock(standIn);

        Assert.True(await standIn.Services.Get<WebhookRemoval>().RunAsync(handle, TestContext.Current.CancellationToken));

        Assert.Equal("getwebhookinfo 1", standIn.Calls());
    }

    [Fact]
    public async Task No_webhook_is_deleted_under_a_lock_that_is_no_longer_held()
    {
        await using StandIn standIn = await StandIn.StartAsync();
        await Guard(standIn);
        IInstanceLockHandle handle = await Lock(standIn);
        await handle.DisposeAsync();
        standIn.Calls();

        await Assert.ThrowsAsync<InstanceLockLostException>(() => standIn.Services.Get<WebhookRemoval>().RunAsync(handle, TestContext.Current.CancellationToken));

        Assert.Equal("getwebhookinfo 1", standIn.Calls());
    }

    [Fact]
    public async Task A_stop_waits_for_the_answer_to_a_change_and_records_it()
    {
        await using StandIn standIn = await StandIn.StartAsync();
        standIn.Server.Faults.Add(new Fault(FaultKind.Delay) { Method = "setWebhook", Delay = TimeSpan.FromSeconds(1) });
        using var stop = new CancellationTokenSource();
        Task<WebhookGuardResult> run = standIn.Services.Get<WebhookGuard>().RunAsync(stop.Token);
        await Eventually.IsTrue(() => standIn.Bot.Webhook.Url.Length > 0, "the webhook is set");

        await stop.CancelAsync();
        Assert.False(run.IsCompleted);
        await standIn.Time.PassUntil(() => run.IsCompleted, "the answer has arrived", most: TimeSpan.FromSeconds(4));

        Assert.Equal(WebhookGuardOutcome.Registered, (await Eventually.Completes(run)).Outcome);
        Assert.Equal(WebhookGuardOutcome.Unchanged, (await Guard(standIn)).Outcome);
    }

    [Fact]
    public async Task A_stop_waits_5_s_for_the_answer_to_a_change_and_no_longer()
    {
        await using StandIn standIn = await StandIn.StartAsync();
        standIn.Server.Faults.Add(new Fault(FaultKind.Hang) { Method = "setWebhook" });
        using var stop = new CancellationTokenSource();
        Task<WebhookGuardResult> run = standIn.Services.Get<WebhookGuard>().RunAsync(stop.Token);
        await Eventually.IsTrue(() => standIn.Server.Faults.All.Single().Hits == 1, "the call has arrived");

        await stop.CancelAsync();
        standIn.Time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(run.IsCompleted);
        standIn.Time.Advance(TimeSpan.FromSeconds(0.1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.Completes(run));
    }

    /// <summary>Changes the webhook as a server does that does not know <c>chat_member</c>.</summary>
    private static async Task LeaveOut(StandIn standIn)
    {
        standIn.Pass();
        await standIn.Client.SetWebhook(
            StandIn.Url,
            allowedUpdates: [UpdateType.Message],
            secretToken: standIn.Services.Get<SecretToken>().Reveal(),
            cancellationToken: TestContext.Current.CancellationToken);
        standIn.Pass();
    }

    private static Task<WebhookGuardResult> Guard(StandIn standIn) => standIn.Services.Get<WebhookGuard>().RunAsync(TestContext.Current.CancellationToken);

    private static async Task<IInstanceLockHandle> Lock(StandIn standIn) =>
        (await standIn.Services.Get<IInstanceLock>().TryAcquireAsync(TestContext.Current.CancellationToken))!;
}
