namespace Azker.Simulation.Invariants;

/// <summary>The behaviour of a handler with an update.</summary>
/// <param name="Duration">The time that each attempt takes.</param>
/// <param name="Failures">The number of attempts that fail before an attempt succeeds.</param>
/// <param name="Replies">Whether the handler sends a message.</param>
internal sealed record Behaviour(TimeSpan Duration, int Failures, bool Replies);

/// <summary>The story of one update: its attempts and its end.</summary>
internal sealed class UpdateStory(int id, string key, TimeSpan createdAt, TimeSpan expiresAt, Behaviour behaviour)
{
    public int Id => id;

    public string Key => key;

    public TimeSpan CreatedAt => createdAt;

    public TimeSpan ExpiresAt => expiresAt;

    public Behaviour Behaviour => behaviour;

    public List<HandlerAttempt> Attempts { get; } = [];

    public bool IsHandled => Attempts.Exists(attempt => attempt.State == AttemptState.Done);

    public int Failures => Attempts.Count(attempt => attempt.State == AttemptState.Failed);

    public bool IsSetAside { get; set; }

    /// <summary>Whether a stranger got the update.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Whether the server has removed the update.</summary>
    public bool IsGone { get; set; }

    /// <summary>Whether the update was confirmed to the server while it was only parked.</summary>
    public bool IsPromised { get; set; }

    public bool IsSettled => IsHandled || IsSetAside || IsTaken;
}
