namespace Azker.Simulation.Scheduling;

/// <summary>
/// All threads of one process, as a queue of work in random order, which can be paused as by SIGSTOP and end as by SIGKILL.
/// </summary>
internal sealed class ProcessThread(World world, string name) : SynchronizationContext
{
    private readonly List<Work> _work = [];
    private readonly List<Occurrence> _missed = [];
    private readonly List<Action> _deathActions = [];

    public World World => world;

    public string Name => name;

    public bool IsDead { get; private set; }

    public bool IsPaused { get; private set; }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (world.IsOnThread())
        {
            Add(new Work(d, state));
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("A process cannot wait for another process.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Starts an action in this process.</summary>
    public void Start(Func<Task> action) => Post(static state => _ = ((Func<Task>)state!)(), action);

    /// <summary>Runs an action that is due: at once, or when the process resumes.</summary>
    public void Meet(Occurrence occurrence)
    {
        if (IsPaused)
        {
            _missed.Add(occurrence);
        }
        else
        {
            occurrence.Happen();
        }
    }

    /// <summary>Runs an action when the process dies.</summary>
    public void OnDeath(Action action) => _deathActions.Add(action);

    public void DoOne(Random choice)
    {
        int index = choice.Next(_work.Count);
        Work work = _work[index];
        _work[index] = _work[^1];
        _work.RemoveAt(_work.Count - 1);
        if (_work.Count == 0)
        {
            world.Unready(this);
        }

        SetSynchronizationContext(work.State is Occurrence ? null : this);
        try
        {
            work.Callback(work.State);
        }
        finally
        {
            SetSynchronizationContext(null);
        }
    }

    public void Pause()
    {
        IsPaused = true;
        world.Unready(this);
    }

    /// <summary>Resumes the process; the actions that were due during the pause run in random order.</summary>
    public void Resume()
    {
        if (!IsPaused || IsDead)
        {
            return;
        }

        IsPaused = false;
        _work.AddRange(_missed.Select(missed => new Work(static state => ((Occurrence)state!).Happen(), missed)));
        _missed.Clear();
        if (_work.Count > 0)
        {
            world.Ready(this);
        }
    }

    public void Die()
    {
        if (IsDead)
        {
            return;
        }

        IsDead = true;
        world.Unready(this);
        _work.Clear();
        _missed.Clear();
        _deathActions.ForEach(action => action());
    }

    public override string ToString() => name;

    private void Add(Work work)
    {
        if (IsDead)
        {
            return;
        }

        _work.Add(work);
        if (_work.Count == 1 && !IsPaused)
        {
            world.Ready(this);
        }
    }

    private readonly record struct Work(SendOrPostCallback Callback, object? State);
}
