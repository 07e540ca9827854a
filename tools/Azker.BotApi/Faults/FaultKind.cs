namespace Azker.BotApi.Faults;

/// <summary>The action of a fault on a Bot API call. The records of a bot contain only calls that the server carries out.</summary>
public enum FaultKind
{
    /// <summary>Cuts the connection. The server does not carry out the call.</summary>
    Reset,

    /// <summary>Never answers, until the client leaves. The server does not carry out the call.</summary>
    Hang,

    /// <summary>Answers <see cref="Fault.Status"/> with an HTML page, as a proxy does. The server does not carry out the call.</summary>
    Html,

    /// <summary>
    /// Answers 429 with <see cref="Fault.RetryAfter"/> in the body and in a header. The server does not carry out the call.
    /// </summary>
    TooManyRequests,

    /// <summary>
    /// Answers 409 with <see cref="Fault.Text"/>. The server does not carry out the call, and the statistics do not count the conflict.
    /// </summary>
    Conflict,

    /// <summary>Carries out the call and answers after <see cref="Fault.Delay"/>.</summary>
    Delay,

    /// <summary>Carries out the call, sends half of the answer and cuts the connection.</summary>
    ResetMidResponse,

    /// <summary>Carries out the call and answers with the first half of the JSON as if the answer were complete.</summary>
    Truncated,

    /// <summary>Answers <see cref="Fault.Status"/> with <see cref="Fault.Text"/>. The server does not carry out the call.</summary>
    Error,

    /// <summary>
    /// Answers 400 with <see cref="Fault.MigrateTo"/>, as for a group that became a supergroup. The server does not carry out the call.
    /// </summary>
    ChatMigrated,

    /// <summary>Carries out the call and cuts the connection without an answer.</summary>
    NoAnswer,
}
