using Azker.BlobService;
using Azker.BotApi.Faults;
using Azker.Core.Locking;
using Azker.Core.Tests.Fallback;
using Azker.Core.Tests.Shared;
using Azker.Core.Webhook.Registration;

namespace Azker.Core.Tests.Webhook.Registration;

public sealed class WebhookRemovalTests : IAsyncLifetime
{
    private StandIn _standIn = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _standIn = await StandIn.StartAsync();
        Assert.True((await _standIn.Services.Get<WebhookGuard>().RunAsync(Token)).IsRegistered);
        _standIn.Calls();
    }

    public ValueTask DisposeAsync() => _standIn.DisposeAsync();

    [Fact]
    public async Task A_look_without_an_answer_is_given_up_after_2_s_and_nothing_that_changes_the_webhook_is_sent()
    {
        Hang(method: null);
        await using IInstanceLockHandle handle = await Lock();
        Task<bool> removal = await Start(handle);

        _standIn.Time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(removal.IsCompleted);
        _standIn.Time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.False(await Eventually.Completes(removal));
        Assert.Equal(1, _standIn.Server.Faults.All.Single().Hits);
        Assert.Equal(StandIn.Url, _standIn.Bot.Webhook.Url);
        Assert.Equal(
            "getWebhookInfo failed: no answer within 2 s. The webhook stays registered, and Telegram calls it. "
            + "If no instance is to receive, correct the fault, then start this program and stop it again.",
            Logged(eventId: 3112));
    }

    [Fact]
    public async Task The_lock_is_held_until_3_s_after_the_start_while_deleteWebhook_has_no_answer()
    {
        Hang("deleteWebhook");
        await using IInstanceLockHandle handle = await Lock();
        Task<bool> removal = await Start(handle);

        _standIn.Time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(removal.IsCompleted);
        _standIn.Time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.False(await Eventually.Completes(removal));
        Assert.Equal(
            "deleteWebhook failed: no answer within 3 s. The call was sent, so Telegram may carry it out later. "
            + "An instance that has registered the webhook by then registers it again. "
            + "If no instance is to receive, check that getWebhookInfo shows no webhook.",
            Logged(eventId: 3114));
    }

    [Fact]
    public async Task The_look_and_the_delete_share_the_3_s()
    {
        _standIn.Server.Faults.Add(new Fault(FaultKind.Delay) { Method = "getWebhookInfo", Delay = TimeSpan.FromSeconds(1.5) });
        Hang("deleteWebhook");
        await using IInstanceLockHandle handle = await Lock();
        DateTimeOffset end = _standIn.Time.GetUtcNow() + TimeSpan.FromSeconds(3);
        Task<bool> removal = _standIn.Services.Get<WebhookRemoval>().RunAsync(handle, Token);
        await Eventually.IsTrue(() => _standIn.Server.Faults.All[0].Hits == 1, "the look has arrived");

        await _standIn.Time.PassUntil(() => _standIn.Server.Faults.All[1].Hits == 1, "the delete has arrived", most: TimeSpan.FromSeconds(1.9));
        _standIn.Time.Advance(end - _standIn.Time.GetUtcNow() - TimeSpan.FromSeconds(0.1));
        Assert.False(removal.IsCompleted);
        _standIn.Time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.False(await Eventually.Completes(removal));
    }

    [Fact]
    public async Task A_removal_without_a_lock_takes_it_and_releases_it()
    {
        Assert.True(await _standIn.Services.Get<WebhookRemoval>().RunAsync(Token));

        Assert.Equal("", _standIn.Bot.Webhook.Url);
        await using IInstanceLockHandle? handle = await _standIn.Services.Get<IInstanceLock>().TryAcquireAsync(Token);
        Assert.NotNull(handle);
    }

    [Fact]
    public async Task A_removal_without_a_lock_leaves_the_webhook_to_the_instance_that_holds_it()
    {
        await using IInstanceLockHandle handle = await Lock();

        Assert.False(await _standIn.Services.Get<WebhookRemoval>().RunAsync(Token));

        Assert.Equal("", _standIn.Calls());
        Assert.Equal("The webhook is not deleted, because another instance holds the receiver lock.", Logged(eventId: 3115));
    }

    [Theory]
    [InlineData(LeaseFaultKind.Silence)]
    [InlineData(LeaseFaultKind.LostReply)]
    [InlineData(LeaseFaultKind.Refused)]
    internal async Task A_removal_without_a_lock_ends_within_3_s_although_the_storage_fails(LeaseFaultKind fault)
    {
        await using FallbackWorld world = await FallbackWorld.StartAsync();
        await world.Register();
        VirtualInstance instance = world.Instance();
        instance.Storage.Fault = new LeaseFault(fault);

        Task<bool> removal = instance.Services.Get<WebhookRemoval>().RunAsync(Token);
        await world.Time.PassUntil(() => removal.IsCompleted, "the removal ends", most: TimeSpan.FromSeconds(3));

        Assert.False(await removal);
        Assert.Equal(FallbackWorld.Url, world.Registered);
    }

    private void Hang(string? method) => _standIn.Server.Faults.Add(new Fault(FaultKind.Hang) { Method = method });

    /// <summary>Starts the removal, and waits until the call that gets no answer has arrived.</summary>
    private async Task<Task<bool>> Start(IInstanceLockHandle handle)
    {
        Task<bool> removal = _standIn.Services.Get<WebhookRemoval>().RunAsync(handle, Token);
        await Eventually.IsTrue(() => _standIn.Server.Faults.All.Single().Hits == 1, "the call has arrived");
        return removal;
    }

    private async Task<IInstanceLockHandle> Lock() => (await _standIn.Services.Get<IInstanceLock>().TryAcquireAsync(Token))!;

    private string Logged(int eventId) => Assert.Single(_standIn.Log.Of<WebhookRemoval>(eventId)).Text.Trim();
}
