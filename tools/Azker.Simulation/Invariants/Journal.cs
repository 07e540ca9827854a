using Azker.Simulation.Faults;
using Azker.Simulation.Scheduling;

namespace Azker.Simulation.Invariants;

/// <summary>The stories of all updates, which belong to the world, so that no crash can delete them.</summary>
internal sealed class Journal(World world, FaultLog faults, SeedVerdict verdict, Foreigners foreigners, Func<int, bool> isDeadLetter, Func<int, bool> isParked)
{
    private readonly SortedDictionary<int, UpdateStory> _stories = [];

    public IEnumerable<UpdateStory> Stories => _stories.Values;

    public UpdateStory this[int id] => _stories[id];

    public void Created(UpdateStory story)
    {
        _stories.Add(story.Id, story);
        world.Trace.Add(world.Now, "users", $"send {story.Id} in {story.Key} (takes {story.Behaviour.Duration.TotalSeconds:0.0} s, fails {story.Behaviour.Failures} times)");
    }

    public HandlerAttempt Begin(int id, string process, IReadOnlyList<string> subjects)
    {
        var attempt = new HandlerAttempt(process, subjects, world.Now);
        _stories[id].Attempts.Add(attempt);
        world.Trace.Add(world.Now, process, $"begins to handle {id}");
        return attempt;
    }

    public void End(int id, HandlerAttempt attempt, AttemptState state)
    {
        attempt.State = state;
        world.Trace.Add(world.Now, attempt.Process, $"{state}: {id}");
        UpdateStory story = _stories[id];
        if (state == AttemptState.Done && story.Attempts.Count(other => other.State == AttemptState.Done) > 1)
        {
            Explain(story);
        }
    }

    /// <summary>Records that the server removed an update because a process confirmed it.</summary>
    public void Gone(int id, string how, ProcessThread by)
    {
        UpdateStory story = _stories[id];
        story.IsGone = true;
        story.IsTaken |= foreigners.Has(by);
        story.IsSetAside = !story.IsSettled && isDeadLetter(id);
        story.IsPromised = !story.IsSettled && isParked(id);
        if (!story.IsSettled && !story.IsPromised)
        {
            verdict.Add(ViolationKind.Lost, $"update {id} was {how} by {by} before it was handled, parked or a dead letter");
        }
    }

    /// <summary>Looks for the dead letters of the updates that were confirmed while they were parked.</summary>
    /// <returns>The updates of these that are neither handled nor dead letters.</returns>
    private List<UpdateStory> OpenPromises()
    {
        foreach (UpdateStory story in _stories.Values.Where(story => story is { IsPromised: true, IsSettled: false }))
        {
            story.IsSetAside = isDeadLetter(story.Id);
        }

        return [.. _stories.Values.Where(story => story is { IsPromised: true, IsSettled: false })];
    }

    /// <summary>Checks that every update that was confirmed while it was parked is handled, a dead letter, or still in the store.</summary>
    public void CheckPromises()
    {
        foreach (UpdateStory story in OpenPromises().Where(story => !isParked(story.Id)))
        {
            verdict.Add(ViolationKind.Lost, $"update {story.Id} was parked and confirmed, and is neither handled nor a dead letter nor in the store");
        }
    }

    /// <summary>Records that the server removed an update because it is too old.</summary>
    public void Expired(int id)
    {
        _stories[id].IsGone = true;
        world.Trace.Add(world.Now, "telegram", $"{id} expired");
    }

    private void Explain(UpdateStory story)
    {
        List<HandlerAttempt> done = [.. story.Attempts.Where(attempt => attempt.State == AttemptState.Done).OrderBy(attempt => attempt.StartedAt)];
        (HandlerAttempt first, HandlerAttempt last) = (done[^2], done[^1]);
        string? cause = first.Subjects.Select(subject => faults.Find(subject, first.StartedAt, last.StartedAt)).FirstOrDefault(found => found is not null);
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
