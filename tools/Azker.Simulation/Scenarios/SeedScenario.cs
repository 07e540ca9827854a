using Azker.Simulation.Faults;
using Azker.Simulation.Instances;
using Azker.Simulation.Invariants;
using Azker.Simulation.Users;

namespace Azker.Simulation.Scenarios;

/// <summary>The scenario of one seed: instances start, users write, faults happen, and then the system must recover by itself.</summary>
internal sealed class SeedScenario
{
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Completion = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan Shutdown = TimeSpan.FromSeconds(60);

    private readonly Bench _bench;
    private readonly SeedCast _cast;
    private readonly Crowd _crowd;
    private readonly Random _random;

    private SeedScenario(Bench bench)
    {
        _bench = bench;
        _random = bench.World.RandomOf("scenario");
        _cast = SeedCast.Draw(bench, _random);
        _crowd = new Crowd(bench, TimeSpan.FromSeconds(1 + (6 * _random.NextDouble())), slowPart: 0.05, failingPart: 0.05);
    }

    public string Title => _cast.Title;

    public static SeedScenario Draw(Bench bench) => new(bench);

    public void Play()
    {
        foreach (Instance instance in _cast.Instances)
        {
            _bench.World.After(TimeSpan.FromSeconds(5 * _random.NextDouble()), instance.Start);
        }

        TimeSpan chaos = Warmup + TimeSpan.FromMinutes(3 + (4 * _random.NextDouble()));
        _crowd.WriteUntil(chaos);
        new FaultPlan(_bench, _cast, chaos).Draw(Warmup);
        _bench.World.RunUntil(chaos);
        Recover();
        Complete();
        End();
    }

    private void Recover()
    {
        UpdateStory probe = _crowd.Probe(0);
        _bench.World.RunUntil(_bench.World.Now + _cast.RecoveryBound, () => probe.Attempts.Count > 0);
        if (probe.Attempts.Count == 0)
        {
            _bench.Verdict.Add(ViolationKind.LateRecovery, $"{_cast.RecoveryBound.TotalSeconds} s after the last fault no update is received yet");
        }
    }

    private void Complete()
    {
        UpdateStory brief = _crowd.BriefProbe();
        _bench.World.RunUntil(_bench.World.Now + Completion, () => _cast.IsWhereItBelongs() && (brief.IsSettled || brief.IsGone) && !Open().Any());
        foreach (UpdateStory story in Open().Append(brief).Where(story => !story.IsSettled || story.IsParked).Distinct())
        {
            _bench.Verdict.Add(ViolationKind.Lost, $"update {story.Id}, of {story.CreatedAt.TotalSeconds:0} s, {(story.IsSettled ? "is settled, and still in the store" : "was neither handled nor kept as a dead letter")}");
        }

        if (!_cast.IsWhereItBelongs())
        {
            _bench.Verdict.Add(ViolationKind.LateRecovery, "the webhook is not at the right URL");
        }
    }

    private void End()
    {
        foreach (Instance instance in _cast.Instances)
        {
            instance.Stop();
        }

        _bench.World.RunUntil(_bench.World.Now + Shutdown, () => _cast.Instances.All(instance => instance.Process is null));
        foreach (Instance instance in _cast.Instances.Where(instance => instance.Process is not null))
        {
            _bench.Verdict.Add(ViolationKind.LateRecovery, $"{instance.Process!.Thread} does not stop within {Shutdown.TotalSeconds} s");
        }
    }

    /// <summary>The updates that must still be handled, or removed from the store of parked updates.</summary>
    private IEnumerable<UpdateStory> Open() => _bench.Journal.Stories.Where(IsOpen);

    private bool IsOpen(UpdateStory story) =>
        story.IsParked || (!story.IsSettled && (story.IsPromised || (!story.IsGone && story.ExpiresAt > _bench.World.Now)));
}
