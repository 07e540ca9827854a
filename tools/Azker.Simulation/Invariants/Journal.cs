using Azker.Core.Delivery.Blobs;
using Azker.Simulation.Faults;
using Azker.Simulation.Scheduling;

namespace Azker.Simulation.Invariants;

/// <summary>The stories of all updates, which belong to the world, so that no crash can delete them.</summary>
internal sealed class Journal(World world, FaultLog faults, SeedVerdict verdict, Foreigners foreigners)
{
    /// <summary>The default of <c>MAX_ATTEMPTS</c>.</summary>
    private const int MaxAttempts = 5;

    /// <summary>How much too early an attempt may come: the error of rounding.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest time from reading the store until the attempt.</summary>
    private static readonly TimeSpan Reading = TimeSpan.FromSeconds(10);

    private readonly SortedDictionary<int, UpdateStory> _stories = [];

    public IEnumerable<UpdateStory> Stories => _stories.Values;

    public UpdateStory this[int id] => _stories[id];

    public void Created(UpdateStory story)
    {
        _stories.Add(story.Id, story);
        world.Trace.Add(world.Now, "users", $"send {story.Id} in {story.Key} ({story.Behaviour})");
    }

    public HandlerAttempt Begin(int id, HandlerAttempt attempt)
    {
        UpdateStory story = _stories[id];
        CheckWait(story, attempt);
        CheckOrder(story, attempt);
        story.Attempts.Add(attempt);
        world.Trace.Add(world.Now, attempt.Process, $"begins to handle {id}");
        return attempt;
    }

    public void End(int id, HandlerAttempt attempt, AttemptState state)
    {
        (attempt.State, attempt.EndedAt) = (state, world.Now);
        world.Trace.Add(world.Now, attempt.Process, $"{state}: {id}");
        UpdateStory story = _stories[id];
        if (state == AttemptState.Done && story.Attempts.Count(other => other.State == AttemptState.Done) > 1)
        {
            Explain(story);
        }
    }

    /// <summary>Records that the server has sent a message for an update.</summary>
    public void Sent(UpdateStory story)
    {
        story.Messages++;
        int allowed = 1 + story.Attempts.Select(attempt => attempt.Process).Distinct().Count() + story.Attempts.Count(attempt => attempt.State == AttemptState.Cancelled);
        if (story.Messages > allowed && FaultSince(story.Attempts[0]) is null)
        {
            verdict.Add(ViolationKind.UnexplainedDuplicate, $"users get {story.Messages} messages for update {story.Id}");
        }
    }

    /// <summary>Records that an update was written to the store of parked updates, or removed from it.</summary>
    public void Parked(int id, bool isParked, string by)
    {
        (_stories[id].IsParked, _stories[id].ParkedBy) = (isParked, by);
        world.Trace.Add(world.Now, "storage", $"{id} is {(isParked ? "parked" : "no longer parked")}");
    }

    /// <summary>Records that a process has claimed an update. When it dies before it handles the update, that counts as an attempt.</summary>
    public void Claimed(int id)
    {
        if (_stories.TryGetValue(id, out UpdateStory? story))
        {
            story.Claims++;
        }
    }

    /// <summary>Records that a process has asked for an update. Without an answer it does not learn whether it has claimed it.</summary>
    public void ClaimSent(int id) => CountUnanswered(id, 1);

    /// <summary>Records that a process has learned whether it has claimed an update.</summary>
    public void ClaimAnswered(int id) => CountUnanswered(id, -1);

    /// <summary>Records that a dead letter was written. Failed attempts, or the faults that end an attempt without a result, explain it.</summary>
    public void SetAside(int id)
    {
        UpdateStory story = _stories[id];
        story.IsSetAside = true;
        int others = story.UnansweredClaims + story.Claims - story.Attempts.Count;
        if (story.Failures + others < MaxAttempts && (story.Attempts.Count == 0 || FaultSince(story.CreatedAt, story.Attempts.SelectMany(attempt => attempt.Subjects)) is null))
        {
            verdict.Add(ViolationKind.Lost, $"update {id} is a dead letter after {story.Failures} failed attempts");
        }
    }

    /// <summary>Records that the server removed an update because a process confirmed it.</summary>
    public void Gone(int id, string how, ProcessThread by)
    {
        UpdateStory story = _stories[id];
        story.IsGone = true;
        story.IsTaken |= foreigners.Has(by);
        story.IsPromised = !story.IsSettled;
        if (!story.IsSettled && !story.IsParked)
        {
            verdict.Add(ViolationKind.Lost, $"update {id} was {how} by {by} before it was handled, parked or a dead letter");
        }
    }

    /// <summary>Records that the server removed an update because it is too old.</summary>
    public void Expired(int id)
    {
        _stories[id].IsGone = true;
        world.Trace.Add(world.Now, "telegram", $"{id} expired");
    }

    private void CountUnanswered(int id, int change)
    {
        if (_stories.TryGetValue(id, out UpdateStory? story))
        {
            story.UnansweredClaims += change;
        }
    }

    /// <summary>
    /// Checks that no attempt comes before the time that the server has asked to wait. Other processes learn of that from the store,
    /// which they may have read a moment before.
    /// </summary>
    private void CheckWait(UpdateStory story, HandlerAttempt attempt)
    {
        if (world.Now >= story.NotBefore - Rounding || story.Attempts[^1] is not { HasRightClock: true } last || !attempt.HasRightClock)
        {
            return;
        }

        // A reading of the store that met a fault may last until its limit, beyond the end of the fault.
        bool couldRead = FaultSince(last.StartedAt - DataBlobs.CallTimeout, attempt.Subjects) is null && FaultSince(last) is null;
        if ((last.Process == attempt.Process || world.Now - last.EndedAt > Reading) && couldRead)
        {
            verdict.Add(ViolationKind.Conflict, $"{attempt.Process} tries update {story.Id} again {(story.NotBefore - world.Now).TotalSeconds:0.0} s before the end of the wait that a 429 asks for");
        }
    }

    /// <summary>
    /// Checks that a process does not begin an update while it has an earlier update of the same lane. It does not know an update that
    /// another process has parked.
    /// </summary>
    private void CheckOrder(UpdateStory story, HandlerAttempt attempt)
    {
        foreach (UpdateStory earlier in _stories.Values.TakeWhile(other => other.Id < story.Id))
        {
            if (earlier.Key == story.Key
                && earlier is { IsSettled: false, Attempts: [.., var last] }
                && last.Process == attempt.Process
                && !(earlier.IsParked && earlier.ParkedBy != attempt.Process)
                && FaultSince(last) is null)
            {
                verdict.Add(ViolationKind.Overlap, $"{attempt.Process} handles {story.Id} before {earlier.Id} of the same chat, which it has begun");
            }
        }
    }

    /// <returns>The first fault that touched an attempt, or other subjects, since the attempt began; <see langword="null"/> for none.</returns>
    private string? FaultSince(HandlerAttempt attempt, IEnumerable<string>? others = null) => FaultSince(attempt.StartedAt, attempt.Subjects.Concat(others ?? []));

    private string? FaultSince(TimeSpan start, IEnumerable<string> subjects) =>
        subjects.Select(subject => faults.Find(subject, start, world.Now)).FirstOrDefault(found => found is not null);

    private void Explain(UpdateStory story)
    {
        List<HandlerAttempt> done = [.. story.Attempts.Where(attempt => attempt.State == AttemptState.Done).OrderBy(attempt => attempt.StartedAt)];
        (HandlerAttempt first, HandlerAttempt last) = (done[^2], done[^1]);
        // A process that was paused after its claim goes on with its handler when another process has handled the update meanwhile.
        string? cause = first.Subjects.Select(subject => faults.Find(subject, first.StartedAt, last.StartedAt))
            .Concat(last.Subjects.Select(subject => faults.Find(subject, first.StartedAt, last.StartedAt, FaultLog.Pause)))
            .FirstOrDefault(found => found is not null);
        if (cause is null)
        {
            verdict.Add(
                ViolationKind.UnexplainedDuplicate,
                FormattableString.Invariant($"update {story.Id} was handled by {first.Process} from {first.StartedAt.TotalSeconds:0.000} s on, and by {last.Process} from {last.StartedAt.TotalSeconds:0.000} s on"));
        }
        else
        {
            world.Trace.Add(world.Now, "journal", $"{story.Id} was handled twice, and the cause is: {cause}");
        }
    }
}
