using Azker.BotApi.Faults;
using Azker.Core.BotApi;
using Azker.Core.Health;
using Azker.Core.Locking;
using Azker.Core.Polling;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Logging;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace Azker.Core.Tests.Polling;

/// <summary>Faults that make other receivers stop, spin or lose updates.</summary>
public sealed class PollingFaultTests : IAsyncLifetime
{
    private const int FailedEvent = 2030;
    private const int ConflictEvent = 2031;

    private PollingFixture _polling = null!;

    public async ValueTask InitializeAsync() => _polling = await PollingFixture.CreateAsync();

    public ValueTask DisposeAsync() => _polling.DisposeAsync();

    [Fact]
    public async Task An_outage_of_10_s_costs_at_most_10_tries_and_no_update()
    {
        _ = _polling.Start();
        await _polling.WaitForPoll();

        await _polling.Server.StopListeningAsync(_polling.Server.Ports[0]);
        await _polling.Pass(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(0.05));
        int tries = Failures;
        _polling.Bot.EnqueueText(5, 5, "/ping 1");
        await _polling.Server.StartListeningAsync(_polling.Server.Ports[0], TestContext.Current.CancellationToken);
        await _polling.PassUntil(() => _polling.Bot.Sent.Count == 1, "the update is answered");

        Assert.InRange(tries, 1, 10);
        Assert.Equal("pong 1", _polling.Bot.Sent[0].Text);
        Assert.Single(_polling.Log.Of<PollingReceiver>(2032));
    }

    [Fact]
    public async Task One_bad_update_in_50_becomes_a_dead_letter_and_the_other_49_are_handled_in_two_polls()
    {
        for (int i = 0; i < 50; i++)
        {
            _ = i == 20 ? _polling.Bot.EnqueueUnreadable() : _polling.Bot.EnqueueText(5 + i, 5 + i, $"/ping {i}");
        }

        _ = _polling.Start();
        await Eventually.IsTrue(() => _polling.Bot.Statistics.Pending == 0, "all updates are confirmed");
        await _polling.WaitForPoll();

        Assert.Equal(49, _polling.Bot.Sent.Select(message => message.Text).Distinct().Count());
        Assert.Equal(2, _polling.Bot.Statistics.Polls);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(_polling.DataDirectory, "dead-letters"), "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task A_409_is_logged_backed_off_and_survived()
    {
        _polling.Server.Faults.Add(new Fault(FaultKind.Conflict) { Method = "getUpdates", Times = 3 });
        DateTimeOffset start = _polling.Time.GetUtcNow();
        _ = _polling.Start();

        await AnswersAgain();

        Assert.Equal(3, _polling.Status.Conflicts);
        Assert.Equal(3, _polling.Log.Of<PollingReceiver>(ConflictEvent).Count());
        Assert.True(_polling.Time.GetUtcNow() - start >= TimeSpan.FromSeconds(3 + 48 + 96), "3 s, then 60 s, then 120 s, less the jitter");
    }

    [Fact]
    public async Task Of_two_pollers_without_a_shared_lock_one_receives_nearly_all_the_time_with_at_most_one_conflict_a_minute()
    {
        await using PollingFixture other = _polling.CreateOther();
        _ = _polling.Start();
        _ = other.Start();
        int sent = 0;
        for (int step = 0; step < 300; step++)
        {
            if (step % 5 == 2)
            {
                _polling.Bot.EnqueueText(5, 5, FormattableString.Invariant($"/ping {sent++}"));
            }

            await _polling.Pass(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
            await _polling.WaitForPoll();
        }

        await _polling.PassUntil(() => _polling.Bot.Sent.Select(message => message.Text).Distinct().Count() == sent, "all messages are answered");
        Assert.InRange(_polling.Bot.Statistics.ConflictsAnswered, 2, 10);
    }

    [Fact]
    public async Task A_409_because_of_a_webhook_is_no_reason_to_step_back()
    {
        var delays = new ConflictDelays(_polling.Time, new Random(1));
        var fault = new BotApiFault(BotApiFaultKind.Conflict, "getUpdates", "409 Conflict: can't use getUpdates method while webhook is active");

        Assert.Equal([3, 6, 12], Enumerable.Range(0, 3).Select(_ => delays.After(fault).TotalSeconds));
        delays.Succeeded();
        Assert.Equal(3, delays.After(fault).TotalSeconds);
    }

    [Fact]
    public async Task A_409_that_is_read_after_the_lock_has_expired_is_not_reported_as_a_foreign_receiver()
    {
        Task run = _polling.Start();
        await _polling.WaitForPoll();
        _polling.Time.Advance(TimeSpan.FromSeconds(5));

        _polling.Lock.Expire("its time is over");
        var next = new TelegramBotClient(new TelegramBotClientOptions(Settings.Token, _polling.Server.Url));
        Task<Update[]> poll = next.GetUpdates(timeout: 50, cancellationToken: TestContext.Current.CancellationToken);
        await _polling.PassUntil(() => run.IsCompleted, "the run ends");

        await Assert.ThrowsAsync<InstanceLockLostException>(() => run);
        Assert.Equal(1, _polling.Bot.Statistics.ConflictsAnswered);
        Assert.Empty(_polling.Log.Of<PollingReceiver>(ConflictEvent));
        Assert.Equal(0, _polling.Status.Conflicts);
        _polling.Bot.EnqueueText(5, 5, "for the next");
        await _polling.PassUntil(() => poll.IsCompleted, "the next receiver's poll is answered");
        Assert.Single(await poll);
    }

    [Fact]
    public async Task A_409_is_reported_in_health_until_it_is_over()
    {
        _polling.Server.Faults.Add(new Fault(FaultKind.Conflict) { Method = "getUpdates", Times = 1 });
        _ = _polling.Start();
        await Eventually.IsTrue(() => _polling.Status.Conflicts == 1, "the 409 is counted");

        HealthReport during = await _polling.Report();
        await AnswersAgain();
        HealthReport after = await _polling.Report();

        Assert.Equal(("degraded", false, "Another program receives this bot's updates too."), (during.Status, during.Active, during.Reason));
        Assert.Equal(("ok", true, null), (after.Status, after.Active, after.Reason));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    [InlineData(502)]
    public async Task An_HTML_page_is_survived(int status)
    {
        _polling.Server.Faults.Add(new Fault(FaultKind.Html) { Method = "getUpdates", Times = 1, Status = status });
        _ = _polling.Start();

        await AnswersAgain();

        Assert.Contains($"getUpdates failed: HTTP {status} with a body that is not a Bot API answer. Retrying in ", Assert.Single(_polling.Log.Of<PollingReceiver>(FailedEvent)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultKind.Truncated)]
    [InlineData(FaultKind.ResetMidResponse)]
    [InlineData(FaultKind.Reset)]
    public async Task A_broken_answer_is_survived_and_loses_no_update(FaultKind kind)
    {
        _polling.Bot.EnqueueText(5, 5, "/ping 0");
        _polling.Server.Faults.Add(new Fault(kind) { Method = "getUpdates", Times = 1 });
        _ = _polling.Start();

        await _polling.PassUntil(() => _polling.Bot.Sent.Count == 1, "the update of the broken answer is answered");
        await AnswersAgain();

        Assert.Equal(1, Failures);
    }

    [Fact]
    public async Task A_429_is_obeyed()
    {
        _polling.Server.Faults.Add(new Fault(FaultKind.TooManyRequests) { Method = "getUpdates", Times = 1, RetryAfter = 7 });
        _ = _polling.Start();
        await Eventually.IsTrue(() => Failures == 1, "the 429 is logged");

        await _polling.Pass(TimeSpan.FromSeconds(6.9), TimeSpan.FromSeconds(0.3));
        Assert.Equal(1, _polling.Server.Faults.All[0].Hits);
        Assert.Null(_polling.Bot.Statistics.WaitingPoll);
        _polling.Time.Advance(TimeSpan.FromSeconds(0.2));

        await _polling.WaitForPoll();
    }

    [Fact]
    public async Task A_poll_that_is_never_answered_is_given_up_after_the_slack()
    {
        _polling.Server.Faults.Add(new Fault(FaultKind.Hang) { Method = "getUpdates", Times = 1 });
        _ = _polling.Start();
        await Eventually.IsTrue(() => _polling.Server.Faults.All[0].Hits == 1, "the poll hangs");

        _polling.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, Failures);
        await AnswersAgain();

        Assert.Contains("getUpdates failed: no answer within 60 s. Retrying in ", Assert.Single(_polling.Log.Of<PollingReceiver>(FailedEvent)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_idle_hour_is_one_poll_every_50_s_and_no_warning()
    {
        _ = _polling.Start();

        await _polling.PassIdle(TimeSpan.FromHours(1));

        Assert.InRange(_polling.Bot.Statistics.Polls, 71, 73);
        Assert.DoesNotContain(_polling.Log.Lines, line => line.Level >= LogLevel.Warning);
        Assert.Equal(0, _polling.Bot.Statistics.ConflictsAnswered);
    }

    [Fact]
    public async Task A_revoked_token_ends_the_run_and_the_message_says_what_to_check()
    {
        _polling.Bot.Revoke();

        BotApiRejectedException error = await Assert.ThrowsAsync<BotApiRejectedException>(() => _polling.Start());

        Assert.Equal(123456, error.BotId);
        Assert.Contains("401 Unauthorized", error.Message, StringComparison.Ordinal);
        Assert.Contains("Check TELEGRAM_BOT_TOKEN", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bot_that_has_worked_ends_only_when_getMe_has_confirmed_the_rejection_for_a_minute()
    {
        Task run = _polling.Start();
        await Eventually.IsTrue(() => _polling.Status.IsReceiving, "the bot works");
        _polling.Bot.Revoke();

        TimeSpan lasted = await _polling.Time.PassUntil(() => run.IsCompleted, "the run ends", step: 1);

        await Assert.ThrowsAsync<BotApiRejectedException>(() => run);
        Assert.InRange(lasted, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(4));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(421)]
    public async Task Rejections_that_getMe_does_not_confirm_do_not_end_the_run_of_a_bot_that_has_worked(int status)
    {
        Task run = _polling.Start();
        await Eventually.IsTrue(() => _polling.Status.IsReceiving, "the bot works");
        _polling.Server.Faults.Add(new Fault(FaultKind.Error) { Method = "getUpdates", Status = status, Times = 9 });

        await _polling.PassUntil(() => _polling.Server.Faults.All.Single().Hits == 9, "all rejections are given", step: 1);
        _polling.Bot.EnqueueText(5, 5, "/ping 1");
        await _polling.PassUntil(() => _polling.Bot.Sent.Count == 1, "the bot works again", step: 1);

        Assert.False(run.IsCompleted);
    }

    [Fact]
    public async Task A_logout_ends_the_run_with_a_message_that_explains_it()
    {
        Task run = _polling.Start();
        await Eventually.IsTrue(() => _polling.Status.IsReceiving, "the bot works");
        await new TelegramBotClient(new TelegramBotClientOptions(Settings.Token, _polling.Server.Url)).LogOut(TestContext.Current.CancellationToken);

        await _polling.PassUntil(() => run.IsCompleted, "the run ends", step: 1);

        BotApiRejectedException error = await Assert.ThrowsAsync<BotApiRejectedException>(() => run);
        Assert.Equal(
            $"Bot 123456 is logged out of the Bot API server {_polling.Server.Url}. "
            + "Set TELEGRAM_API_URL to the server that serves the bot now. To come back to Telegram's own server, wait 10 minutes after the logout.",
            error.Message);
    }

    [Fact]
    public async Task A_stop_ends_the_wait_after_a_fault_at_once()
    {
        _polling.Server.Faults.Add(new Fault(FaultKind.TooManyRequests) { Method = "getUpdates", RetryAfter = 3000 });
        Task run = _polling.Start();
        await Eventually.IsTrue(() => Failures == 1, "the 429 is logged");

        DateTimeOffset before = _polling.Time.GetUtcNow();
        await _polling.Stop();

        Assert.True(run.IsCompletedSuccessfully);
        Assert.True(_polling.Time.GetUtcNow() - before < TimeSpan.FromSeconds(60), "it did not wait for the 3000 s to pass");
    }

    [Fact]
    public async Task Updates_whose_numbers_start_again_at_a_lower_number_are_received()
    {
        await _polling.Replace(new() { FirstUpdateId = 500_000_000, Ports = _polling.Server.Ports });
        List<int> ids = [];
        _ = _polling.Start((update, _) =>
        {
            lock (ids)
            {
                ids.Add(update.Id);
            }

            return Task.CompletedTask;
        });
        _polling.Bot.EnqueueText(5, 5, "one");
        await _polling.PassUntil(() => ids.Count == 1, "the first is received");
        await _polling.WaitForPoll();

        await _polling.Replace(new() { FirstUpdateId = 7, Ports = _polling.Server.Ports });
        _polling.Bot.EnqueueText(5, 5, "two");
        _polling.Bot.EnqueueText(5, 5, "three");
        await _polling.PassUntil(() => ids.Count == 3 && _polling.Bot.Statistics.Pending == 0, "the others are received and confirmed");

        Assert.Equal([500_000_000, 7, 8], ids);
        Assert.Single(_polling.Log.Of<UpdatePoll>(2021));
    }

    private int Failures => _polling.Log.Of<PollingReceiver>(FailedEvent).Count();

    private async Task AnswersAgain()
    {
        int before = _polling.Bot.Sent.Count;
        _polling.Bot.EnqueueText(6, 6, "/ping again");
        await _polling.PassUntil(() => _polling.Bot.Sent.Count > before, "the bot answers again");
        Assert.Equal("pong again", _polling.Bot.Sent[^1].Text);
    }
}
