using Azker.BotApi.Bots;
using Azker.BotApi.Requests;
using Azker.BotApi.Statistics;
using Azker.BotApi.Updates;

namespace Azker.BotApi.Polling;

/// <summary>
/// Serves getUpdates of one bot, with at most one long poll that waits. The caller of every member holds the gate; the timer's callback
/// takes it.
/// </summary>
internal sealed class UpdatePolling(BotGate gate, UpdateQueue queue, Conflicts conflicts)
{
    private const int MaxAnswerBytes = 1 << 22;
    private const int OverheadPerUpdate = 50;

    private readonly PollThrottle _throttle = new();
    private LongPoll? _waiting;

    public WaitingPoll? Waiting => _waiting?.ToRecord();

    public Task<ApiAnswer> Poll(PollRequest request, Caller caller) => Read(_throttle.Apply(request, gate.Now), caller);

    public void Wake() => _waiting?.Wake(gate.Now);

    public void Abort(string conflict)
    {
        if (TakeWaiting() is { } poll)
        {
            poll.Complete(conflicts.AnswerAsync(conflict, poll.Caller));
        }
    }

    /// <summary>Answers the waiting poll with the pending updates, at once.</summary>
    public void Finish()
    {
        if (TakeWaiting() is { } poll)
        {
            poll.Complete(Read(poll.Request with { Timeout = 0 }, poll.Caller));
        }
    }

    private Task<ApiAnswer> Read(PollRequest request, Caller caller)
    {
        IReadOnlyList<QueuedUpdate> updates = queue.Read(request.Offset, request.Limit, gate.Now);
        if (updates.Count > 0 || request.Timeout == 0)
        {
            return Task.FromResult(Deliver(updates, caller));
        }

        Abort(Conflicts.OtherGetUpdates);
        _waiting = new LongPoll(request with { Offset = request.Offset > 0 ? request.Offset : queue.Head }, caller, gate.Now);
        _waiting.Start(gate.Time, poll => gate.Run(() => FinishIfWaiting(poll)));
        return _waiting.Answer;
    }

    private ApiAnswer Deliver(IReadOnlyList<QueuedUpdate> updates, Caller caller)
    {
        var delivery = new Delivery(gate.Now, caller.Port, caller.IsGone);
        using var array = new MemoryStream();
        array.WriteByte((byte)'[');
        int left = MaxAnswerBytes;
        foreach (QueuedUpdate update in updates)
        {
            left -= OverheadPerUpdate + update.Fragment.Length;
            if (left <= 0)
            {
                break;
            }

            if (array.Length > 1)
            {
                array.WriteByte((byte)',');
            }

            array.Write(UpdateFragment.ToWire(update.Id, update.Fragment));
            update.Trace.Deliver(delivery);
        }

        array.WriteByte((byte)']');
        return ApiAnswer.Raw(array.ToArray());
    }

    private void FinishIfWaiting(LongPoll poll)
    {
        // A newer poll, a setWebhook or a close may have ended this poll while the timer fired.
        if (poll == _waiting)
        {
            Finish();
        }
    }

    private LongPoll? TakeWaiting()
    {
        LongPoll? poll = _waiting;
        _waiting = null;
        poll?.Dispose();
        return poll;
    }
}
