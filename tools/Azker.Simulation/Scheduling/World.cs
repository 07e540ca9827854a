using System.Runtime.ExceptionServices;
using Azker.Simulation.Tracing;

namespace Azker.Simulation.Scheduling;

/// <summary>The virtual time, and all actions that are due in it, on one thread.</summary>
/// <remarks>
/// Processes do their work in an order that the seed decides. When no process has work, the time moves to the next action that is
/// due.
/// </remarks>
internal sealed class World
{
    /// <summary>The right calendar time at the start of the world.</summary>
    public static readonly DateTimeOffset Beginning = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<Occurrence, (TimeSpan At, long Order)> _due = new();
    private readonly List<ProcessThread> _ready = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly int _seed;
    private readonly Random _choice;
    private volatile Exception? _stray;
    private long _order;

    public World(int seed, Trace trace)
    {
        (_seed, Trace) = (seed, trace);
        _choice = RandomOf("choice");
    }

    public Trace Trace { get; }

    /// <summary>The time since the start of the world.</summary>
    public TimeSpan Now { get; private set; }

    public DateTimeOffset Calendar => Beginning + Now;

    public long Steps { get; private set; }

    /// <summary>Runs when no process has work left at a moment.</summary>
    public Action AtRest { get; set; } = () => { };

    /// <summary>Makes a random source for one part, so that more draws in one part do not change another part.</summary>
    public Random RandomOf(string part) => new(Seeds.Derive(_seed, part));

    public Occurrence After(TimeSpan delay, Action action, ProcessThread? owner = null)
    {
        AssertThread();
        var occurrence = new Occurrence(owner, action);
        _due.Enqueue(occurrence, (Now + delay, _order++));
        return occurrence;
    }

    /// <summary>Runs the world until a moment, or until a condition holds.</summary>
    public void RunUntil(TimeSpan end, Func<bool>? isEnough = null)
    {
        while (Step(end) && isEnough?.Invoke() != true)
        {
        }
    }

    /// <summary>Says whether this is the world's thread; if it is not, the simulation fails at its next step.</summary>
    public bool IsOnThread()
    {
        if (Environment.CurrentManagedThreadId == _thread)
        {
            return true;
        }

        _stray ??= ExceptionDispatchInfo.SetCurrentStackTrace(
            new InvalidOperationException("Code ran outside of the simulation's thread, so the seed does not decide its order."));
        return false;
    }

    public void AssertThread()
    {
        if (!IsOnThread())
        {
            throw _stray!;
        }
    }

    public void ThrowIfStrayed()
    {
        if (_stray is { } stray)
        {
            throw new InvalidOperationException(stray.Message, stray);
        }
    }

    public void Ready(ProcessThread thread) => _ready.Add(thread);

    public void Unready(ProcessThread thread) => _ready.Remove(thread);

    private bool Step(TimeSpan end)
    {
        ThrowIfStrayed();
        if (_ready.Count > 0)
        {
            Steps++;
            _ready[_choice.Next(_ready.Count)].DoOne(_choice);
            return true;
        }

        if (!_due.TryPeek(out Occurrence? next, out (TimeSpan At, long) due) || due.At > end)
        {
            AtRest();
            Now = end;
            return false;
        }

        _due.Dequeue();
        if (next.IsVoid || next.Owner is { IsDead: true })
        {
            return true;
        }

        if (due.At > Now)
        {
            AtRest();
            Now = due.At;
        }

        Steps++;
        if (next.Owner is { } owner)
        {
            owner.Meet(next);
        }
        else
        {
            next.Happen();
        }

        return true;
    }
}
