namespace Azker.Core.Locking;

/// <summary>The instance that holds the receiver lock, as it describes itself. It contains no secret.</summary>
/// <param name="ProcessId">The holder's process id, in its own PID namespace.</param>
/// <param name="Host">The holder's host name.</param>
/// <param name="Instance">An id that is unique to this run of Azker, on all hosts.</param>
/// <param name="BotId">The Telegram user id of the bot, the part of its token before the colon.</param>
/// <param name="Epoch">The number of the acquisition of the lock: a later holder has a higher number.</param>
/// <param name="StartedAt">When the holder's process started, UTC.</param>
/// <param name="Since">When the holder took the lock, UTC.</param>
/// <param name="Version">The holder's version of Azker.</param>
public sealed record LockHolder(
    int ProcessId,
    string Host,
    string Instance,
    long BotId,
    long Epoch,
    DateTimeOffset StartedAt,
    DateTimeOffset Since,
    string Version)
{
    /// <summary>The state of the lock. Default <see cref="LockState.Held"/>.</summary>
    public LockState State { get; init; }

    /// <summary>
    /// How the holder receives updates: a word such as <c>polling</c>; <see langword="null"/> when the lock does not record
    /// it.
    /// </summary>
    public string? Mode { get; init; }

    /// <summary>
    /// The full path of the holder's data directory, when the lock of the whole machine names the holder; otherwise
    /// <see langword="null"/>.
    /// </summary>
    public string? DataDirectory { get; init; }
}
