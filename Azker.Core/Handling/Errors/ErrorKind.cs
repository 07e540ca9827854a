namespace Azker.Core.Handling.Errors;

/// <summary>The kinds of errors of a handler, by their effect on the update.</summary>
public enum ErrorKind
{
    /// <summary>
    /// The Bot API refuses the call, and would refuse it again: the user blocked the bot, the message is gone, a right is missing. The
    /// update is settled at once, with a log line and a count.
    /// </summary>
    Refused,

    /// <summary>
    /// The call or the handler is faulty, and no repetition cures it. The attempt is counted, and the update becomes a dead letter after
    /// <c>MAX_ATTEMPTS</c>.
    /// </summary>
    Faulty,

    /// <summary>
    /// A server asks to wait. The lane of the update waits for <see cref="ErrorClass.RetryAfter"/>, and the attempt is not counted.
    /// </summary>
    Throttled,

    /// <summary>
    /// A server that the handler needs is down. The attempt is not counted. The delays grow from 1 s to 60 s, and the first update that
    /// succeeds ends the waiting of all.
    /// </summary>
    Outage,

    /// <summary>
    /// A call was sent completely, and its answer was lost, so the server may have carried it out. The update is tried once more, and
    /// then settled with a log line.
    /// </summary>
    AnswerLost,

    /// <summary>No rule knows the error. The attempt is counted, as for <see cref="Faulty"/>.</summary>
    Unexpected,
}
