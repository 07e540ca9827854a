namespace Azker.Simulation.Invariants;

/// <summary>The behaviour of a handler with an update.</summary>
/// <param name="Duration">The time that each attempt takes.</param>
/// <param name="Failures">The number of attempts that fail before an attempt succeeds.</param>
/// <param name="Replies">Whether the handler sends a message.</param>
internal sealed record Behaviour(TimeSpan Duration, int Failures, bool Replies)
{
    /// <summary>Whether the server refuses the message, because the user has blocked the bot.</summary>
    public bool IsRefused { get; init; }

    /// <summary>The number of messages that the server sends, and whose answers are lost.</summary>
    public int LostAnswers { get; init; }
}

/// <summary>The story of one update: its attempts and its end.</summary>
internal sealed class UpdateStory(int id, string key, TimeSpan createdAt, TimeSpan expiresAt, Behaviour behaviour)
{
    private bool _isHandled;

    public int Id => id;

    public string Key => key;

    public long Chat { get; } = long.Parse(key.AsSpan(key.IndexOf(':', StringComparison.Ordinal) + 1), System.Globalization.CultureInfo.InvariantCulture);

    public TimeSpan CreatedAt => createdAt;

    public TimeSpan ExpiresAt => expiresAt;

    public Behaviour Behaviour => behaviour;

    public List<HandlerAttempt> Attempts { get; } = [];

    /// <summary>Whether the update is handled: an attempt succeeded or was refused, or one process has lost two answers.</summary>
    public bool IsHandled => _isHandled |= Attempts.Exists(attempt => attempt.State is AttemptState.Done or AttemptState.Refused)
        || Attempts.Where(attempt => attempt.State == AttemptState.AnswerLost).GroupBy(attempt => attempt.Process).Any(lost => lost.Count() > 1);

    /// <summary>How often a process has claimed the update.</summary>
    public int Claims { get; set; }

    /// <summary>How often a process did not learn whether it has claimed the update.</summary>
    public int UnansweredClaims { get; set; }

    /// <summary>The number of messages that users have got for the update.</summary>
    public int Messages { get; set; }

    /// <summary>The earliest time of the next attempt, as the server has asked in a 429.</summary>
    public TimeSpan NotBefore { get; private set; }

    /// <summary>
    /// The server asks to wait. It rounds up to whole seconds, so of two processes that it asks at almost the same time, one may go on
    /// up to a second before the other.
    /// </summary>
    public void AskToWait(TimeSpan now, TimeSpan retryAfter)
    {
        TimeSpan end = now + retryAfter;
        bool isSameWait = NotBefore > now && end - NotBefore < TimeSpan.FromSeconds(1);
        NotBefore = isSameWait && NotBefore < end ? NotBefore : end;
    }

    public int Failures => Attempts.Count(attempt => attempt.State == AttemptState.Failed);

    /// <summary>Whether the update is a dead letter.</summary>
    public bool IsSetAside { get; set; }

    /// <summary>Whether the update is in the store of parked updates.</summary>
    public bool IsParked { get; set; }

    /// <summary>The process that has parked the update last, or has removed it from the store.</summary>
    public string? ParkedBy { get; set; }

    /// <summary>Whether the update was confirmed to the server while it was only parked.</summary>
    public bool IsPromised { get; set; }

    /// <summary>Whether a stranger got the update.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Whether the server has removed the update.</summary>
    public bool IsGone { get; set; }

    public bool IsSettled => IsHandled || IsSetAside || IsTaken;
}
