namespace Azker.Chaos.Judging;

/// <summary>The counts of a run: <see cref="Lost"/>, <see cref="Conflicts"/> and <see cref="Duplicates"/> must be 0.</summary>
internal sealed record Verdict
{
    public required int Sent { get; init; }

    public required int Handled { get; init; }

    /// <summary>The updates that were never answered.</summary>
    public required int Lost { get; init; }

    /// <summary>The answers 409 to a process that ran.</summary>
    public required long Conflicts { get; init; }

    /// <summary>The answers 409 to a paused process (SIGSTOP), for a poll that it sent before the pause.</summary>
    public required long ConflictsToPaused { get; init; }

    /// <summary>The updates that were answered again without a cause.</summary>
    public required int Duplicates { get; init; }

    /// <summary>The updates that were answered again because the first process was killed before it could settle or confirm.</summary>
    public required int RepeatedByKill { get; init; }

    /// <summary>The updates that were answered again because a process was paused before it could settle, confirm or answer.</summary>
    public required int RepeatedByPause { get; init; }

    /// <summary>The updates that were answered again because the first process had no connection to Telegram or the storage to confirm its answer.</summary>
    public required int RepeatedByCut { get; init; }

    /// <summary>The number of times that an answer came from another party than the answer before.</summary>
    public required int Movements { get; init; }

    public bool IsClean => Lost == 0 && Conflicts == 0 && Duplicates == 0;
}
