using Azker.Core.Configuration;
using Azker.Simulation.Network;

namespace Azker.Simulation.Instances;

/// <summary>Runs the processes of one kind, and starts a new process when a process ends, as systemd does.</summary>
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

    /// <summary>The subjects of the faults that touch this instance.</summary>
    public IReadOnlyList<string> Subjects { get; }

    public Line ToTelegram { get; }

    public Line ToStorage { get; }

    /// <summary>The error of the instance's calendar.</summary>
    public TimeSpan Skew { get; private set; }

    /// <summary>The newest process of the instance; <see langword="null"/> when no process runs.</summary>
    public InstanceProcess? Process { get; private set; }

    public void Start()
    {
        _isWanted = true;
        var process = new InstanceProcess(_bench, this, _role, $"{Name}#{++_starts}", _options);
        Process = process;
        _bench.World.Trace.Add(_bench.World.Now, process.Thread.Name, $"starts");
        process.Start(_role, failure => Ended(process, failure));
    }

    /// <summary>Ends the process as SIGKILL does.</summary>
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
        if (Process is { Thread.IsPaused: false } process)
        {
            _bench.World.Trace.Add(_bench.World.Now, process.Thread.Name, $"is paused for {duration.TotalSeconds:0.0} s");
            process.Thread.Pause();
            _bench.World.After(duration, () => Resume(process));
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

    /// <summary>Stops the process gracefully and starts a new process: at once, or when the old process has ended.</summary>
    public void Redeploy(bool isOverlapping)
    {
        if (Process is not { } old)
        {
            return;
        }

        _bench.World.Trace.Add(_bench.World.Now, old.Thread.Name, $"is asked to stop, for a new process");
        old.Stop();
        if (isOverlapping)
        {
            Start();
        }
    }

    /// <summary>Stops the process gracefully, and starts no new process.</summary>
    public void Stop()
    {
        _isWanted = false;
        Process?.Stop();
    }

    private void Resume(InstanceProcess process)
    {
        if (process.Thread is { IsDead: false, IsPaused: true })
        {
            _bench.World.Trace.Add(_bench.World.Now, process.Thread.Name, $"resumes");
            process.Thread.Resume();
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
