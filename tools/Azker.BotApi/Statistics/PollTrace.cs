using Azker.BotApi.Requests;

namespace Azker.BotApi.Statistics;

/// <summary>Keeps the record of one getUpdates while the server answers it.</summary>
internal sealed class PollTrace(DateTimeOffset at, Caller caller, int offset)
{
    private PollRecord _record = new(at, caller.Port, offset, null, null, false);

    public void Answer(DateTimeOffset now, int status) =>
        _record = _record with { AnsweredAt = now, Status = status, ClientGone = caller.IsGone };

    public PollRecord ToRecord() => _record.AnsweredAt is null ? _record with { ClientGone = caller.IsGone } : _record;
}
