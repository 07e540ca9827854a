using Azker.Simulation.BotApi;
using Azker.Simulation.Instances;
using Azker.Simulation.Network;
using Azker.Simulation.Scenarios;
using Azker.Simulation.Users;

namespace Azker.Simulation.Faults;

/// <summary>Draws the faults of one seed and their times; all faults are over at the end of the plan.</summary>
internal sealed class FaultPlan
{
    private const int Most = 12;

    /// <summary>The time for which a stranger's last poll can still take updates.</summary>
    private static readonly TimeSpan LastPoll = TimeSpan.FromSeconds(15);

    private readonly Bench _bench;
    private readonly Random _random;
    private readonly SeedCast _cast;
    private readonly TimeSpan _end;
    private readonly (int Weight, Action Begin)[] _kinds;

    public FaultPlan(Bench bench, SeedCast cast, TimeSpan end)
    {
        (_bench, _cast, _end) = (bench, cast, end);
        _random = bench.World.RandomOf("faults");
        _kinds =
        [
            (5, Crash),
            (5, Pause),
            (3, Redeploy),
            (5, CutLine),
            (4, SpoilLine),
            (2, () => Break(_bench.Telegram)),
            (3, () => Break(_bench.StorageService)),
            (2, JumpClock),
            (2, BreakName),
            (3, BreakMessages),
            (3, Flood),
        ];
    }

    /// <summary>Draws faults from a moment on.</summary>
    public void Draw(TimeSpan from)
    {
        int count = _random.Next(5) == 0 ? 0 : _random.Next(1, Most + 1);
        for (int fault = 0; fault < count; fault++)
        {
            Action begin = DrawKind();
            _bench.World.After(from + ((_end - from) * _random.NextDouble()) - _bench.World.Now, begin);
        }

        if (_random.Next(8) == 0)
        {
            _bench.Foreigners.Exist = true;
            var stranger = new Stranger(_bench, _random.Next(2) == 0);
            TimeSpan begin = from + ((_end - LastPoll - from) * _random.NextDouble());
            _bench.World.After(begin - _bench.World.Now, () => stranger.Meddle(Duration(60, LastPoll), leavesWebhook: _cast.HasGuard && _random.Next(2) == 0));
        }
    }

    private Action DrawKind()
    {
        int drawn = _random.Next(_kinds.Sum(kind => kind.Weight));
        foreach ((int weight, Action begin) in _kinds)
        {
            drawn -= weight;
            if (drawn < 0)
            {
                return begin;
            }
        }

        throw new InvalidOperationException("The weights do not add up.");
    }

    private Instance One() => _cast.Instances[_random.Next(_cast.Instances.Count)];

    /// <summary>Draws a duration up to a longest time, which ends before the end of the plan.</summary>
    private TimeSpan Duration(double longest, TimeSpan margin = default)
    {
        var drawn = TimeSpan.FromSeconds(1 + ((longest - 1) * _random.NextDouble()));
        TimeSpan left = _end - margin - _bench.World.Now;
        return drawn < left ? drawn : left;
    }

    private void Crash()
    {
        Instance instance = One();
        TimeSpan downtime = Duration(60);
        _bench.Faults.Add(instance.Name, "crash", TimeSpan.Zero);
        instance.Crash(downtime);
    }

    private void Pause()
    {
        Instance instance = One();
        TimeSpan duration = Duration(60);
        _bench.Faults.Add(instance.Name, FaultLog.Pause, duration);
        instance.Pause(duration);
    }

    private void Redeploy() => One().Redeploy(_random.Next(2) == 0);

    private void JumpClock()
    {
        Instance instance = One();
        TimeSpan by = TimeSpan.FromSeconds((_random.Next(2) == 0 ? -1 : 1) * Math.Pow(10, 4 * _random.NextDouble()));
        _bench.Faults.Add(instance.Name, "clock jump", TimeSpan.Zero);
        _bench.World.Trace.Add(_bench.World.Now, "FAULT", $"the clock of {instance.Name} jumps by {by.TotalSeconds:0.0} s");
        instance.Jump(by);
    }

    private void CutLine()
    {
        Line line = OneLine();
        LineState state = DrawState();
        Begin(line.Subject, $"{line.Name} {state}", 60, () => line.State = state, () => line.State = LineState.Sound);
    }

    private void SpoilLine()
    {
        Line line = OneLine();
        (double loss, double lateness) = (0.4 * _random.NextDouble(), 0.4 * _random.NextDouble());
        _bench.World.Trace.Add(_bench.World.Now, "FAULT", $"{line.Name} loses {loss:0.00}, delays {lateness:0.00}");
        (line.Loss, line.Lateness) = (loss, lateness);
        _bench.World.After(Duration(90), () => (line.Loss, line.Lateness) = (0, 0));
    }

    private void Break(Service service)
    {
        LineState state = DrawState();
        Begin(FaultLog.All, $"{service.Name} {state}", 60, () => service.State = state, () => service.State = LineState.Sound);
    }

    private void BreakName()
    {
        List<Site> sites = [.. _bench.Sites.All];
        if (sites.Count > 0)
        {
            string host = sites[_random.Next(sites.Count)].Host;
            Begin(host, $"name {host} unknown", 60, () => _bench.Names.Break(host), () => _bench.Names.Mend(host));
        }
    }

    /// <summary>The messages that handlers send fail, which explains no loss and no dead letter.</summary>
    private void BreakMessages()
    {
        TimeSpan duration = Duration(180);
        _bench.World.Trace.Add(_bench.World.Now, "FAULT", $"sendMessage answers 502, for {duration.TotalSeconds:0.0} s");
        _bench.Server.Messages.IsDown = true;
        _bench.World.After(duration, () => _bench.Server.Messages.IsDown = false);
    }

    private void Flood()
    {
        int chat = 1 + _random.Next(Crowd.Chats);
        TimeSpan duration = Duration(120);
        _bench.World.Trace.Add(_bench.World.Now, "FAULT", $"the server asks to wait in chat {chat}, for {duration.TotalSeconds:0.0} s");
        _bench.Server.Messages.Flood(chat, duration);
    }

    private void Begin(string subject, string what, double longest, Action begin, Action end)
    {
        TimeSpan duration = Duration(longest);
        _bench.Faults.Add(subject, what, duration);
        _bench.World.Trace.Add(_bench.World.Now, "FAULT", $"{what}, for {duration.TotalSeconds:0.0} s");
        begin();
        _bench.World.After(duration, () =>
        {
            end();
            _bench.World.Trace.Add(_bench.World.Now, "FAULT", $"{what}: over");
        });
    }

    private Line OneLine()
    {
        List<Line> lines = [.. _bench.Lines];
        return lines[_random.Next(lines.Count)];
    }

    private LineState DrawState() => (LineState)_random.Next(1, 5);
}
