using Azker.Simulation.Scheduling;
using Azker.Simulation.Tracing;

namespace Azker.Simulation.Tests.Scheduling;

public sealed class WorldTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly World _world = new(1, new Trace(isOn: false));

    [Fact]
    public void Time_moves_to_the_next_action_that_is_due()
    {
        List<TimeSpan> seen = [];
        _world.After(TimeSpan.FromSeconds(5), () => seen.Add(_world.Now));
        _world.After(TimeSpan.FromSeconds(2), () => seen.Add(_world.Now));

        _world.RunUntil(Long);

        Assert.Equal([TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)], seen);
        Assert.Equal(Long, _world.Now);
    }

    [Fact]
    public void A_paused_process_does_nothing_until_it_resumes()
    {
        var process = new ProcessThread(_world, "process");
        TimeSpan? done = null;
        process.Start(() => WaitAsync(process, TimeSpan.FromSeconds(1), () => done = _world.Now));
        _world.After(TimeSpan.FromSeconds(0.5), process.Pause);
        _world.After(TimeSpan.FromSeconds(9), process.Resume);

        _world.RunUntil(Long);

        Assert.Equal(TimeSpan.FromSeconds(9), done);
    }

    [Fact]
    public void A_dead_process_does_nothing()
    {
        var process = new ProcessThread(_world, "process");
        bool isDone = false;
        process.Start(() => WaitAsync(process, TimeSpan.FromSeconds(1), () => isDone = true));
        _world.After(TimeSpan.FromSeconds(0.5), process.Die);

        _world.RunUntil(Long);

        Assert.False(isDone);
    }

    [Fact]
    public void Work_on_another_thread_fails_the_simulation()
    {
        var process = new ProcessThread(_world, "process");
        using var isPosted = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            process.Post(_ => { }, null);
            isPosted.Set();
        });
        thread.Start();
        isPosted.Wait(TestContext.Current.CancellationToken);

        Assert.Throws<InvalidOperationException>(() => _world.RunUntil(Long));
    }

    [Fact]
    public void Seeds_derived_from_consecutive_seeds_are_independent() =>
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(seed => new Random(Seeds.Derive(seed, "part")).Next()).Distinct().Count());

    private static async Task WaitAsync(ProcessThread process, TimeSpan delay, Action then)
    {
        await Task.Delay(delay, new ProcessClock(process), CancellationToken.None);
        then();
    }
}
