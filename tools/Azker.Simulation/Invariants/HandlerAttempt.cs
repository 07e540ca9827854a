namespace Azker.Simulation.Invariants;

internal enum AttemptState
{
    /// <summary>It goes on, or its process died.</summary>
    Open,

    Done,

    Failed,

    /// <summary>Its token fell.</summary>
    Cancelled,
}

/// <summary>One try of a handler to handle an update.</summary>
internal sealed class HandlerAttempt(string process, IReadOnlyList<string> subjects, TimeSpan startedAt)
{
    public string Process => process;

    /// <summary>Whose faults touch it: the instance's, and those of the site that it stands behind.</summary>
    public IReadOnlyList<string> Subjects => subjects;

    public TimeSpan StartedAt => startedAt;

    public AttemptState State { get; set; }
}
