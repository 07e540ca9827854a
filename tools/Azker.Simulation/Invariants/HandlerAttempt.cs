namespace Azker.Simulation.Invariants;

internal enum AttemptState
{
    /// <summary>The attempt goes on, or its process died.</summary>
    Open,

    Done,

    Failed,

    /// <summary>The server refused a call, and would refuse it again.</summary>
    Refused,

    /// <summary>The server asked to wait.</summary>
    Throttled,

    /// <summary>The server was down.</summary>
    Outage,

    /// <summary>The server carried out a call, and its answer was lost.</summary>
    AnswerLost,

    /// <summary>The token of the attempt was cancelled.</summary>
    Cancelled,
}

/// <summary>One attempt of a handler to handle an update.</summary>
internal sealed class HandlerAttempt(string process, IReadOnlyList<string> subjects, TimeSpan startedAt)
{
    public string Process => process;

    /// <summary>The subjects of the faults that touch the attempt: the instance, and the site of the instance.</summary>
    public IReadOnlyList<string> Subjects => subjects;

    public TimeSpan StartedAt => startedAt;

    public TimeSpan EndedAt { get; set; }

    /// <summary>Whether the process knows the time of day, which it writes into the store of parked updates.</summary>
    public bool HasRightClock { get; init; }

    public AttemptState State { get; set; }
}
