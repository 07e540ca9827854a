using System.Text;
using Azker.Core.Configuration;
using Azker.Core.Handling;
using Azker.Core.Infrastructure;
using Azker.Core.Hosting;
using Azker.Core.Tests.Shared;
using Azker.Core.Updates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Handling;

public sealed class UpdateDispatcherTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingLogger<UpdateDispatcher> _log = new();
    private readonly CancellationTokenSource _caller = new();
    private readonly ReceivedUpdate _update = ReceivedUpdate.Parse(Encoding.UTF8.GetBytes("""{"update_id":5,"message":{"chat":{"id":1,"type":{}}}}"""));

    public void Dispose() => _caller.Dispose();

    [Fact]
    public async Task The_first_handler_that_accepts_an_update_handles_it()
    {
        List<string> calls = [];
        DispatchResult result = await Dispatch(
            new TestHandler(accepts: false, () => calls.Add("one")),
            new TestHandler(accepts: true, () => calls.Add("two")),
            new TestHandler(accepts: true, () => calls.Add("three")));

        Assert.Equal(DispatchOutcome.Handled, result.Outcome);
        Assert.Equal(["two"], calls);
    }

    [Fact]
    public async Task An_update_that_no_handler_accepts_is_handled() =>
        Assert.Equal(DispatchOutcome.Handled, (await Dispatch(new TestHandler(accepts: false, () => { }))).Outcome);

    [Fact]
    public async Task Each_update_has_a_scope_of_its_own()
    {
        await using ServiceProvider services = new AzkerBuilder(new ServiceCollection().AddScoped<object>(), "").AddHandler<ScopeHandler>().Services.BuildServiceProvider();
        UpdateDispatcher dispatcher = Dispatcher(services);
        ScopeHandler.Seen.Clear();

        await dispatcher.DispatchAsync(_update, reply: null, _caller.Token);
        await dispatcher.DispatchAsync(_update, reply: null, _caller.Token);

        Assert.Equal(2, ScopeHandler.Seen.Distinct().Count());
    }

    [Fact]
    public async Task A_handler_that_throws_has_failed()
    {
        var error = new InvalidOperationException("broken");

        Assert.Equal(new DispatchResult(DispatchOutcome.Failed, error), await Dispatch(new TestHandler(accepts: true, () => throw error)));
    }

    [Fact]
    public async Task An_update_that_its_handler_cannot_read_is_unreadable() =>
        Assert.Equal(DispatchOutcome.Unreadable, (await Dispatch(new TestHandler(accepts: true, () => _ = _update.Update))).Outcome);

    [Fact]
    public async Task A_handler_that_runs_out_of_time_has_timed_out()
    {
        Task<DispatchResult> dispatch = Dispatch(new TestHandler(token => Task.Delay(Timeout.InfiniteTimeSpan, _time, token)));

        _time.Advance(TimeSpan.FromSeconds(299));
        Assert.False(dispatch.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(DispatchOutcome.TimedOut, (await Eventually.Completes(dispatch)).Outcome);
    }

    [Fact]
    public async Task A_handler_whose_caller_stops_is_cancelled()
    {
        Task<DispatchResult> dispatch = Dispatch(new TestHandler(token => Task.Delay(Timeout.InfiniteTimeSpan, _time, token)));

        await _caller.CancelAsync();

        Assert.Equal(DispatchOutcome.Cancelled, (await Eventually.Completes(dispatch)).Outcome);
    }

    [Fact]
    public async Task A_handler_that_succeeds_after_its_caller_stopped_has_handled_the_update()
    {
        var work = new TaskCompletionSource();
        Task<DispatchResult> dispatch = Dispatch(new TestHandler(_ => work.Task));

        await _caller.CancelAsync();
        work.SetResult();

        Assert.Equal(DispatchOutcome.Handled, (await Eventually.Completes(dispatch)).Outcome);
    }

    [Fact]
    public async Task A_handler_that_ignores_its_token_is_abandoned_after_the_grace_time()
    {
        var work = new TaskCompletionSource();
        Task<DispatchResult> dispatch = Dispatch(new TestHandler(_ => work.Task));

        _time.Advance(TimeSpan.FromSeconds(300));
        await Eventually.IsTrue(
            () =>
            {
                _time.Advance(UpdateDispatcher.Grace);
                return dispatch.IsCompleted;
            },
            "the handler is abandoned");

        Assert.Equal(DispatchOutcome.TimedOut, (await dispatch).Outcome);
        Assert.Contains(_log.Entries, entry => entry.EventId == 6002);
        work.SetException(new InvalidOperationException("too late"));
        await Eventually.IsTrue(() => _log.Entries.Any(entry => entry.EventId == 6003), "the late end of the handler is logged");
    }

    private async Task<DispatchResult> Dispatch(params IBotHandler[] handlers)
    {
        var services = new ServiceCollection();
        foreach (IBotHandler handler in handlers)
        {
            services.AddKeyedSingleton("", HandlerRegistration.Of(handler));
        }

        await using ServiceProvider provider = services.BuildServiceProvider();
        return await Dispatcher(provider).DispatchAsync(_update, reply: null, _caller.Token);
    }

    private UpdateDispatcher Dispatcher(ServiceProvider services) =>
        new(ActivatorUtilities.CreateInstance<BotHandlers>(services), new RunningUpdates(_time), new DeliveryOptions(), new SecretMask([]), _time, _log);

    private sealed class ScopeHandler(object scoped) : IBotHandler
    {
        public static List<object> Seen { get; } = [];

        public bool Accepts(ReceivedUpdate update) => true;

        public Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken)
        {
            Seen.Add(scoped);
            return Task.CompletedTask;
        }
    }
}
