namespace Azker.Simulation.Scheduling;

/// <summary>
/// All threads of one process, as one queue of work, in no order that can be relied on. It can stand still, as after
/// SIGSTOP, and die, as after SIGKILL.
/// </summary>
internal sealed class ProcessThread(World world, string name) : SynchronizationContext
{
    private readonly List<Work> _work = [];
    private readonly List<Occurrence> _missed = [];
    private readonly List<Action> _mourners = [];

    public World World => world;

    public string Name => name;

    public bool IsDead { get; private set; }

    public bool IsStill { get; private set; }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (world.IsOnThread())
        {
            Add(new Work(d, state));
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing may wait for another process.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Starts something in this process.</summary>
    public void Start(Func<Task> action) => Post(static state => _ = ((Func<Task>)state!)(), action);

    /// <summary>Meets the process with what is due to it: at once, or when it goes on.</summary>
    public void Meet(Occurrence occurrence)
    {
        if (IsStill)
        {
            _missed.Add(occurrence);
        }
        else
        {
            occurrence.Happen();
        }
    }

    /// <summary>Tells when the process dies.</summary>
    public void OnDeath(Action mourner) => _mourners.Add(mourner);

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

    public void StandStill()
    {
        IsStill = true;
        world.Unready(this);
    }

    /// <summary>Goes on, with all that was due meanwhile, in any order.</summary>
    public void GoOn()
    {
        if (!IsStill || IsDead)
        {
            return;
        }

        IsStill = false;
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
        _mourners.ForEach(mourner => mourner());
    }

    public override string ToString() => name;

    private void Add(Work work)
    {
        if (IsDead)
        {
            return;
        }

        _work.Add(work);
        if (_work.Count == 1 && !IsStill)
        {
            world.Ready(this);
        }
    }

    private readonly record struct Work(SendOrPostCallback Callback, object? State);
}
