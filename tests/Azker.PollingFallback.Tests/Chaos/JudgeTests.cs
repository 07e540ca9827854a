using Azker.BotApi.Statistics;
using Azker.Chaos.Judging;
using Azker.Chaos.Scripts;

namespace Azker.PollingFallback.Tests.Chaos;

public sealed class JudgeTests
{
    private const int Webhook = 1;
    private const int Fallback = 2;

    private static readonly DateTimeOffset Start = new(2026, 1, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly List<UpdateRecord> _updates = [];
    private readonly List<SentMessage> _answers = [];
    private readonly List<PollRecord> _polls = [];
    private readonly List<Affliction> _afflictions = [];
    private long _conflicts;

    [Fact]
    public void An_update_that_is_answered_once_is_handled()
    {
        Update();
        Answer(Fallback, 1);

        Assert.Equal((1, 1, true), (Judged.Sent, Judged.Handled, Judged.IsClean));
    }

    [Fact]
    public void An_update_without_an_answer_is_lost()
    {
        Update();

        Assert.Equal(1, Judged.Lost);
        Assert.False(Judged.IsClean);
    }

    [Fact]
    public void A_second_answer_without_a_cause_is_a_duplicate()
    {
        Update();
        Answer(Webhook, 1);
        Answer(Fallback, 2);

        Assert.Equal(1, Judged.Duplicates);
        Assert.False(Judged.IsClean);
    }

    [Theory]
    [InlineData(Webhook, 1.5, 1)]
    [InlineData(Webhook, 2.5, 0)]
    [InlineData(Webhook, 0.1, 0)]
    [InlineData(Fallback, 1.5, 0)]
    public void A_kill_of_the_first_process_between_the_two_answers_explains_a_repetition(int port, double at, int explained)
    {
        Update();
        Answer(Webhook, 1);
        Answer(Fallback, 2);
        Afflict(Trouble.Kill, port, at, at);

        Assert.Equal((explained, 1 - explained), (Judged.RepeatedByKill, Judged.Duplicates));
    }

    [Fact]
    public void A_kill_does_not_explain_a_repetition_of_an_update_that_Telegram_removed_before()
    {
        Update(removedAt: 1.2);
        Answer(Webhook, 1);
        Answer(Fallback, 2);
        Afflict(Trouble.Kill, Webhook, 1.5, 1.5);

        Assert.Equal(1, Judged.Duplicates);
    }

    [Theory]
    [InlineData(Webhook)]
    [InlineData(Fallback)]
    public void A_pause_of_either_process_explains_a_repetition(int port)
    {
        Update();
        Answer(Webhook, 1);
        Answer(Fallback, 20);
        Afflict(Trouble.Pause, port, 1.5, 19);

        Assert.Equal((1, 0), (Judged.RepeatedByPause, Judged.Duplicates));
    }

    [Fact]
    public void A_delivery_that_was_cut_off_explains_a_repetition()
    {
        Update(new WebhookAttempt(At(0.5), "http://x", true, At(1.5), null, "Connection reset by peer"));
        Answer(Webhook, 1);
        Answer(Fallback, 2);

        Assert.Equal((1, 0), (Judged.RepeatedByCut, Judged.Duplicates));
    }

    [Fact]
    public void A_conflict_counts_when_the_process_that_gets_it_runs()
    {
        Poll(Fallback, 1, 2);

        Assert.Equal((1, 0), (Judged.Conflicts, Judged.ConflictsToPaused));
    }

    [Theory]
    [InlineData(1, 20, true)]
    [InlineData(1, 32, true)]
    [InlineData(1, 40, false)]
    [InlineData(31, 32, false)]
    public void A_conflict_to_a_paused_process_counts_apart_when_its_poll_is_older_than_the_pause(double polledAt, double answeredAt, bool isToPaused)
    {
        Poll(Fallback, polledAt, answeredAt);
        Afflict(Trouble.Pause, Fallback, 5, 30);

        Assert.Equal(isToPaused ? (0, 1) : (1, 0), (Judged.Conflicts, Judged.ConflictsToPaused));
    }

    private Verdict Judged => Judge.Of(new Evidence(
        _updates, _answers, _updates.ToDictionary(update => update.UpdateId, _ => (5L, "pong")), _polls, _conflicts, _afflictions, Webhook));

    private static DateTimeOffset At(double seconds) => Start + TimeSpan.FromSeconds(seconds);

    private void Update(WebhookAttempt? attempt = null, double? removedAt = null) => _updates.Add(new UpdateRecord(
        7, "message", Start, [], attempt is null ? [] : [attempt], null, removedAt is { } seconds ? At(seconds) : null));

    private void Answer(int port, double at) => _answers.Add(new SentMessage(_answers.Count + 1, At(at), port, "sendmessage", 5, 1, "pong", null));

    private void Poll(int port, double at, double answeredAt)
    {
        _polls.Add(new PollRecord(At(at), port, 0, At(answeredAt), 409, false));
        _conflicts++;
    }

    private void Afflict(Trouble trouble, int port, double from, double to) => _afflictions.Add(new Affliction(trouble, port, At(from), At(to)));
}
