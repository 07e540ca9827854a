namespace Azker.Simulation.Invariants;

internal enum AttemptState
{
    /// <summary>The attempt goes on, or its process died.</summary>
    Open,

    Done,

    Failed,

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

    public AttemptState State { get; set; }
}
