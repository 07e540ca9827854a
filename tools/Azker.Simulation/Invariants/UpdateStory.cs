namespace Azker.Simulation.Invariants;

/// <summary>What a handler does with an update.</summary>
/// <param name="Duration">How long it takes.</param>
/// <param name="Failures">How often it fails before it succeeds.</param>
/// <param name="Replies">Whether it sends a message.</param>
internal sealed record Behaviour(TimeSpan Duration, int Failures, bool Replies);

/// <summary>All that is known of one update.</summary>
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

    /// <summary>Whether somebody who is not Azker got it.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Whether the server has it no more.</summary>
    public bool IsGone { get; set; }

    public bool IsSettled => IsHandled || IsSetAside || IsTaken;
}
