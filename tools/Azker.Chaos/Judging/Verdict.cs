namespace Azker.Chaos.Judging;

/// <summary>What a run came to. Everything but what is explained has to be 0.</summary>
internal sealed record Verdict
{
    public required int Sent { get; init; }

    public required int Handled { get; init; }

    /// <summary>Never answered.</summary>
    public required int Lost { get; init; }

    /// <summary>409 to a process that ran.</summary>
    public required long Conflicts { get; init; }

    /// <summary>409 to a process that stood still (SIGSTOP), for a poll that it had sent before.</summary>
    public required long ConflictsToPaused { get; init; }

    /// <summary>Answered again, and nothing explains it.</summary>
    public required int Duplicates { get; init; }

    /// <summary>Answered by a process that was killed before it could settle or confirm.</summary>
    public required int RepeatedByKill { get; init; }

    /// <summary>Answered by a process that stood still before it could settle or confirm, or before it could answer.</summary>
    public required int RepeatedByPause { get; init; }

    /// <summary>Answered by a process that could not tell, since the network failed between it and Telegram or the storage.</summary>
    public required int RepeatedByCut { get; init; }

    /// <summary>How often another party than before answered.</summary>
    public required int Movements { get; init; }

    public bool IsClean => Lost == 0 && Conflicts == 0 && Duplicates == 0;
}
