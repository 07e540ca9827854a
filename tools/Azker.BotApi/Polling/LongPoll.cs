using Azker.BotApi.Requests;
using Azker.BotApi.Statistics;

namespace Azker.BotApi.Polling;

/// <summary>A getUpdates that waits. It waits on when its client leaves, as on the Bot API server.</summary>
internal sealed class LongPoll(PollRequest request, Caller caller, DateTimeOffset since) : IDisposable
{
    private static readonly TimeSpan WaitAfterUpdate = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMilliseconds(2);

    private readonly TaskCompletionSource<Task<ApiAnswer>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _deadline = since + TimeSpan.FromSeconds(request.Timeout);
    private bool _wasWoken;
    private ITimer? _timer;

    public PollRequest Request => request;

    public Caller Caller => caller;

    public Task<ApiAnswer> Answer => _answer.Task.Unwrap();

    public void Start(TimeProvider time, Action<LongPoll> onDue) =>
        _timer = time.CreateTimer(_ => onDue(this), null, _deadline - since, Timeout.InfiniteTimeSpan);

    /// <summary>An update came: the poll answers 1 ms after the last update, at most 2 ms after the first.</summary>
    public void Wake(DateTimeOffset now)
    {
        if (!_wasWoken)
        {
            _wasWoken = true;
            _deadline = Earlier(now + MaxDelay, _deadline);
        }

        TimeSpan due = Earlier(now + WaitAfterUpdate, _deadline) - now;
        _timer!.Change(due > TimeSpan.Zero ? due : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    public void Complete(Task<ApiAnswer> answer) => _answer.TrySetResult(answer);

    public WaitingPoll ToRecord() => new(caller.Port, since, caller.IsGone);

    public void Dispose() => _timer?.Dispose();

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
