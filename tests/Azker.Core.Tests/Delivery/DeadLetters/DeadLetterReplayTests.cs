using Azker.Core.Configuration;
using Azker.Core.Delivery.DeadLetters;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Handling;
using Azker.Core.Infrastructure;
using Azker.Core.Telemetry;
using Azker.Core.Tests.Shared;
using Azker.Core.Updates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Delivery.DeadLetters;

public sealed class DeadLetterReplayTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly TempDirectory _data = new();
    private readonly List<ReceivedUpdate> _handled = [];
    private readonly ServiceProvider _services;
    private readonly MemoryLedger _ledger;
    private readonly DeadLetterArchive _letters;
    private readonly DeadLetterReplay _replay;
    private Func<ReceivedUpdate, bool> _accepts = _ => true;
    private Func<CancellationToken, Task> _work = _ => Task.CompletedTask;

    public DeadLetterReplayTests()
    {
        _services = new ServiceCollection()
            .AddSingleton<BotHandlers>()
            .AddKeyedSingleton("", HandlerRegistration.Of(new TestHandler(update => _accepts(update), (update, token) =>
            {
                lock (_handled)
                {
                    _handled.Add(update);
                }

                return _work(token);
            })))
            .BuildServiceProvider();
        _ledger = new MemoryLedger(_time);
        _letters = new DeadLetterArchive(
            new DeadLetterFiles(TestOptions.Local(_data.FullPath)),
            new DeliveryOptions(),
            new SecretMask(["the secret"]),
            _time,
            new RecordingLogger<DeadLetterArchive>());
        _replay = Replay(_ledger);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task A_success_removes_the_dead_letter()
    {
        StoredDeadLetter letter = await GiveUp(7);

        Assert.Equal(new ReplayResult(ReplayOutcome.Handled), await _replay.ReplayAsync(letter, Token));

        Assert.Equal(TestUpdates.Json(7), Assert.Single(_handled).Raw.ToArray());
        Assert.Empty(await List());
        Assert.Equal(ClaimOutcome.Duplicate, (await Claim(7)).Outcome);
    }

    [Fact]
    public async Task A_line_that_a_handler_logs_during_a_replay_has_the_update_in_its_scope()
    {
        StoredDeadLetter letter = await GiveUp(7);
        using var provider = new RecordingLoggerProvider();
        using ILoggerFactory factory = LoggerFactory.Create(logging => logging.AddProvider(provider));
        _work = _ =>
        {
            factory.CreateLogger("the user's").Log(LogLevel.Warning, default, "the line", null, (text, _) => text);
            return Task.CompletedTask;
        };

        await Replay(_ledger, factory.CreateLogger<DeadLetterReplay>()).ReplayAsync(letter, Token);

        LogLine line = Assert.Single(provider.Lines);
        Assert.Equal(
            "receive_mode:replay update_id:7 update_kind:message",
            string.Join(' ', line.Scope.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}:{value.Value}")));
    }

    [Fact]
    public async Task A_failure_keeps_the_dead_letter_and_counts_the_attempt()
    {
        StoredDeadLetter letter = await GiveUp(7);
        _work = _ => throw new NotSupportedException("not with the secret");
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(
            new ReplayResult(ReplayOutcome.Failed, "Its handler failed. System.NotSupportedException: not with ***"), await _replay.ReplayAsync(letter, Token));

        DeadLetter kept = Assert.Single(await List()).Letter;
        Assert.Equal(
            letter.Letter with { Attempts = 6, ErrorType = "System.NotSupportedException", Error = "not with ***", LastAttemptAt = _time.GetUtcNow() }, kept);
        Assert.Equal(TestUpdates.Json(7), (await _letters.ReadAsync(letter, Token))!.Value.ToArray());
        _work = _ => Task.CompletedTask;
        Assert.Equal(ReplayOutcome.Handled, (await _replay.ReplayAsync(letter, Token)).Outcome);
    }

    [Fact]
    public async Task A_dead_letter_whose_update_no_handler_accepts_is_kept_as_it_is()
    {
        StoredDeadLetter letter = await GiveUp(7);
        _accepts = _ => false;

        Assert.Equal(new ReplayResult(ReplayOutcome.NotAccepted), await _replay.ReplayAsync(letter, Token));

        Assert.Empty(_handled);
        Assert.Equal(letter.Letter, Assert.Single(await List()).Letter);
        _accepts = _ => true;
        Assert.Equal(ReplayOutcome.Handled, (await _replay.ReplayAsync(letter, Token)).Outcome);
    }

    [Fact]
    public async Task A_handler_that_fails_to_say_whether_it_accepts_the_update_counts_as_a_failed_attempt()
    {
        StoredDeadLetter letter = await GiveUp(7);
        _accepts = _ => throw new NotSupportedException("not this one");

        Assert.Equal(ReplayOutcome.Failed, (await _replay.ReplayAsync(letter, Token)).Outcome);

        Assert.Equal(6, Assert.Single(await List()).Letter.Attempts);
    }

    [Fact]
    public async Task Of_many_replays_at_once_one_handles_the_update()
    {
        StoredDeadLetter letter = await GiveUp(7);
        var work = new TaskCompletionSource();
        _work = _ => work.Task;
        Task<ReplayResult> first = _replay.ReplayAsync(letter, Token);
        await Eventually.IsTrue(() => _handled.Count == 1, "the handler runs");

        ReplayResult[] others = await Eventually.Completes(Task.WhenAll(Enumerable.Range(0, 15).Select(_ => _replay.ReplayAsync(letter, Token))));
        work.SetResult();

        Assert.All(others, other => Assert.Equal(ReplayOutcome.Busy, other.Outcome));
        Assert.Equal(ReplayOutcome.Handled, (await Eventually.Completes(first)).Outcome);
        Assert.Equal(ReplayOutcome.Gone, (await _replay.ReplayAsync(letter, Token)).Outcome);
        Assert.Single(_handled);
    }

    [Fact]
    public async Task A_replay_whose_claim_comes_right_after_another_has_handled_the_update_does_nothing()
    {
        StoredDeadLetter letter = await GiveUp(7);
        var ledger = new SlowLedger(_ledger);
        Task<ReplayResult> late = Replay(ledger).ReplayAsync(letter, Token);
        await Eventually.Completes(ledger.Asked.Task);
        Assert.Equal(ReplayOutcome.Handled, (await _replay.ReplayAsync(letter, Token)).Outcome);

        ledger.Answer.SetResult();

        Assert.Equal(ReplayOutcome.Gone, (await Eventually.Completes(late)).Outcome);
        Assert.Single(_handled);
    }

    [Fact]
    public async Task An_update_that_the_ledger_has_forgotten_is_settled_once_its_replay_succeeded()
    {
        StoredDeadLetter letter = await GiveUp(7);
        _time.Advance(TimeSpan.FromHours(25));

        Assert.Equal(ReplayOutcome.Handled, (await _replay.ReplayAsync(letter, Token)).Outcome);

        Assert.Equal(ClaimOutcome.Duplicate, (await Claim(7)).Outcome);
    }

    [Fact]
    public async Task An_update_that_Telegram_sent_again_is_not_replayed_while_it_is_in_progress()
    {
        StoredDeadLetter letter = await GiveUp(7);
        _time.Advance(TimeSpan.FromHours(25));
        await Claim(7);

        Assert.Equal(ReplayOutcome.Busy, (await _replay.ReplayAsync(letter, Token)).Outcome);

        Assert.Empty(_handled);
        Assert.Single(await List());
    }

    [Fact]
    public async Task JSON_that_is_not_an_update_stays_a_dead_letter()
    {
        await _letters.AddAsync("{"u8.ToArray(), new DeadLetter { Reason = "It is not an update.", GivenUpAt = _time.GetUtcNow() }, Token);
        StoredDeadLetter letter = Assert.Single(await List());

        ReplayResult result = await _replay.ReplayAsync(letter, Token);

        Assert.Equal(ReplayOutcome.Failed, result.Outcome);
        Assert.StartsWith("It is not an update.", result.Why, StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(await List()).Letter.Attempts);
    }

    [Fact]
    public async Task A_handler_that_exceeds_its_time_limit_has_failed()
    {
        StoredDeadLetter letter = await GiveUp(7);
        _work = token => Task.Delay(Timeout.InfiniteTimeSpan, _time, token);
        Task<ReplayResult> replay = _replay.ReplayAsync(letter, Token);
        await Eventually.IsTrue(() => _handled.Count == 1, "the handler runs");

        _time.Advance(TimeSpan.FromSeconds(300));

        ReplayResult result = await Eventually.Completes(replay);
        Assert.Equal(ReplayOutcome.Failed, result.Outcome);
        Assert.StartsWith("Its handler did not end in time.", result.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_keeps_the_dead_letter_unchanged_and_frees_its_update()
    {
        StoredDeadLetter letter = await GiveUp(7);
        using var stop = new CancellationTokenSource();
        _work = token => Task.Delay(Timeout.InfiniteTimeSpan, _time, token);
        Task<ReplayResult> replay = _replay.ReplayAsync(letter, stop.Token);
        await Eventually.IsTrue(() => _handled.Count == 1, "the handler runs");

        await stop.CancelAsync();

        Assert.Equal(ReplayOutcome.Cancelled, (await Eventually.Completes(replay)).Outcome);
        Assert.Equal(letter, Assert.Single(await List()));
        _work = _ => Task.CompletedTask;
        Assert.Equal(ReplayOutcome.Handled, (await _replay.ReplayAsync(letter, Token)).Outcome);
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_used_is_awaited_and_then_reported_and_nothing_is_handled()
    {
        StoredDeadLetter letter = await GiveUp(7);
        var broken = new BrokenLedger();
        Task<ReplayResult> replay = Replay(broken).ReplayAsync(letter, Token);

        await _time.PassUntil(() => replay.IsCompleted, "the replay ends");

        Assert.Equal(new ReplayResult(ReplayOutcome.LedgerUnavailable, "Another process has it."), await replay);
        Assert.InRange(broken.Claims, 5, 50);
        Assert.Empty(_handled);
        Assert.Single(await List());
    }

    private DeadLetterReplay Replay(IUpdateLedger ledger, ILogger<DeadLetterReplay>? logger = null) => new(
        _letters,
        ledger,
        new LedgerClient(ledger, new LedgerStatus(_time), new UpdateSpans(new BotMeter(1)), _time, NullLogger<LedgerClient>.Instance),
        _services.GetRequiredService<BotHandlers>(),
        new UpdateDispatcher(_services.GetRequiredService<BotHandlers>(), new RunningUpdates(_time), new DeliveryOptions(), new SecretMask([]), _time, NullLogger<UpdateDispatcher>.Instance),
        _time,
        logger ?? NullLogger<DeadLetterReplay>.Instance);

    private async Task<StoredDeadLetter> GiveUp(int id)
    {
        await _ledger.SettleAsync(await Claim(id), Token);
        await _letters.AddAsync(
            TestUpdates.Json(id),
            new DeadLetter { UpdateId = id, Kind = "message", Reason = "Its handler failed.", Attempts = 5, GivenUpAt = _time.GetUtcNow() },
            Token);
        return Assert.Single(await List());
    }

    private ValueTask<UpdateClaim> Claim(int id) => _ledger.ClaimAsync(id, epoch: null, Token);

    private async Task<List<StoredDeadLetter>> List() => await _letters.ListAsync(Token).ToListAsync(Token);

    /// <summary>A ledger whose first answer a test delays.</summary>
    private sealed class SlowLedger(IUpdateLedger inner) : IUpdateLedger
    {
        public TaskCompletionSource Asked { get; } = new();

        public TaskCompletionSource Answer { get; } = new();

        public async ValueTask<UpdateClaim> ClaimAsync(int updateId, long? epoch, CancellationToken cancellationToken)
        {
            Asked.TrySetResult();
            await Answer.Task;
            return await inner.ClaimAsync(updateId, epoch, cancellationToken);
        }

        public ValueTask<UpdateClaim?> RenewAsync(UpdateClaim claim, CancellationToken cancellationToken) => inner.RenewAsync(claim, cancellationToken);

        public ValueTask<bool> SettleAsync(UpdateClaim claim, CancellationToken cancellationToken) => inner.SettleAsync(claim, cancellationToken);

        public ValueTask<bool> ReleaseAsync(UpdateClaim claim, bool hasFailed, CancellationToken cancellationToken) =>
            inner.ReleaseAsync(claim, hasFailed, cancellationToken);

        public Task ExpireAsync(CancellationToken cancellationToken) => inner.ExpireAsync(cancellationToken);
    }

    private sealed class BrokenLedger : IUpdateLedger
    {
        public int Claims { get; private set; }

        public ValueTask<UpdateClaim> ClaimAsync(int updateId, long? epoch, CancellationToken cancellationToken)
        {
            Claims++;
            throw new UpdateLedgerException("Another process has it.");
        }

        public ValueTask<UpdateClaim?> RenewAsync(UpdateClaim claim, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<bool> SettleAsync(UpdateClaim claim, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<bool> ReleaseAsync(UpdateClaim claim, bool hasFailed, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task ExpireAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
