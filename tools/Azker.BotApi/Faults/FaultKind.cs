namespace Azker.BotApi.Faults;

/// <summary>What a fault does to a call.</summary>
public enum FaultKind
{
    /// <summary>Cuts the connection before anything is done with the call.</summary>
    Reset,

    /// <summary>Never answers; nothing is done with the call.</summary>
    Hang,

    /// <summary>Answers <see cref="Fault.Status"/> (500, 502, 200...) with an HTML page; nothing is done with the call.</summary>
    Html,

    /// <summary>Answers 429 with <see cref="Fault.RetryAfter"/> in the body and as a header; nothing is done with the call.</summary>
    TooManyRequests,

    /// <summary>Answers 409 with <see cref="Fault.Text"/>; nothing is done with the call, and it counts as no conflict.</summary>
    Conflict,

    /// <summary>Does the call and answers after <see cref="Fault.Delay"/>.</summary>
    Delay,

    /// <summary>Does the call, sends half of the answer and cuts the connection.</summary>
    ResetMidResponse,

    /// <summary>Does the call and answers with the first half of the JSON, as if that were all.</summary>
    Truncated,
}
