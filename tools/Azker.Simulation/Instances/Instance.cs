using Azker.Core.Configuration;
using Azker.Simulation.Network;

namespace Azker.Simulation.Instances;

/// <summary>A place where a process of one kind runs, and is started again when it has ended, as systemd or an orchestrator does it.</summary>
internal sealed class Instance
{
    private readonly Bench _bench;
    private readonly IRole _role;
    private readonly AzkerOptions _options;
    private readonly Random _random;
    private int _starts;
    private bool _isWanted;

    public Instance(Bench bench, string name, IRole role, string? site = null)
    {
        (_bench, Name, _role) = (bench, name, role);
        _random = bench.World.RandomOf(name);
        _options = bench.OptionsOf(role);
        Subjects = site is null ? [name] : [name, site];
        ToTelegram = bench.LineOf(name, bench.Telegram);
        ToStorage = bench.LineOf(name, bench.StorageService);
    }

    public string Name { get; }

    /// <summary>Whose faults touch what this instance does.</summary>
    public IReadOnlyList<string> Subjects { get; }

    public Line ToTelegram { get; }

    public Line ToStorage { get; }

    /// <summary>How wrong its calendar is.</summary>
    public TimeSpan Skew { get; private set; }

    /// <summary>Its newest process, if one runs.</summary>
    public InstanceProcess? Process { get; private set; }

    public void Start()
    {
        _isWanted = true;
        var process = new InstanceProcess(_bench, this, _role, $"{Name}#{++_starts}", _options);
        Process = process;
        _bench.World.Trace.Add(_bench.World.Now, process.Thread.Name, $"starts");
        process.Start(_role, failure => Ended(process, failure));
    }

    /// <summary>Ends as by SIGKILL.</summary>
    public void Crash(TimeSpan? restart)
    {
        if (Process is { } process)
        {
            _bench.World.Trace.Add(_bench.World.Now, process.Thread.Name, $"is killed");
            process.Thread.Die();
            Process = null;
            Restart(restart);
        }
    }

    public void Pause(TimeSpan duration)
    {
        if (Process is { Thread.IsStill: false } process)
        {
            _bench.World.Trace.Add(_bench.World.Now, process.Thread.Name, $"stands still for {duration.TotalSeconds:0.0} s");
            process.Thread.StandStill();
            _bench.World.After(duration, () => GoOn(process));
        }
    }

    public void Jump(TimeSpan by)
    {
        Skew += by;
        if (Process is { } process)
        {
            process.Clock.Skew = Skew;
        }
    }

    /// <summary>Stops gracefully and starts again: the new process at once, or when the old one has ended.</summary>
    public void Redeploy(bool isOverlapping)
    {
        if (Process is not { } old)
        {
            return;
        }

        _bench.World.Trace.Add(_bench.World.Now, old.Thread.Name, $"is told to stop, for a new one");
        old.Stop();
        if (isOverlapping)
        {
            Start();
        }
    }

    /// <summary>Stops gracefully for good.</summary>
    public void Stop()
    {
        _isWanted = false;
        Process?.Stop();
    }

    private void GoOn(InstanceProcess process)
    {
        if (process.Thread is { IsDead: false, IsStill: true })
        {
            _bench.World.Trace.Add(_bench.World.Now, process.Thread.Name, $"goes on");
            process.Thread.GoOn();
        }
    }

    private void Ended(InstanceProcess process, Exception? failure)
    {
        _bench.World.Trace.Add(_bench.World.Now, process.Thread.Name, $"ends{(failure is null ? "" : $": {failure.GetType().Name}: {failure.Message}")}");
        _bench.Judge(failure);
        process.Thread.Die();
        if (Process == process)
        {
            Process = null;
            Restart(TimeSpan.FromSeconds(1 + (4 * _random.NextDouble())));
        }
    }

    private void Restart(TimeSpan? delay)
    {
        if (_isWanted && delay is { } time)
        {
            _bench.World.After(time, () =>
            {
                if (_isWanted && Process is null)
                {
                    Start();
                }
            });
        }
    }
}
