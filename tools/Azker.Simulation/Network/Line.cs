using Azker.Simulation.Faults;
using Azker.Simulation.Scheduling;

namespace Azker.Simulation.Network;

/// <summary>
/// The way from one party to another. A request arrives soon or never: in the 3 s between a holder's own deadline and the
/// end of its lease, or not at all. Nothing that cannot be fenced is safe from a request that arrives later. An answer may
/// come any time later.
/// </summary>
internal sealed class Line(World world, Random random, FaultLog faults, string subject, Service service)
{
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan LongestReply = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LatestReply = TimeSpan.FromSeconds(25);

    private const double SlowPart = 0.02;

    public string Name => $"{subject}-{service.Name}";

    /// <summary>The instance whose line it is.</summary>
    public string Subject => subject;

    public LineState State { get; set; }

    /// <summary>Which part of the requests gets lost, and which part of the answers.</summary>
    public double Loss { get; set; }

    /// <summary>Which part of the answers comes much too late.</summary>
    public double Lateness { get; set; }

    /// <summary>Whether the server answers that it cannot serve.</summary>
    public bool IsFailing => Effective == LineState.Failing;

    private LineState Effective => State == LineState.Sound ? service.State : State;

    /// <returns>How long a request takes; <see langword="null"/> when it does not arrive.</returns>
    public TimeSpan? Request(out bool isRefused)
    {
        isRefused = Effective == LineState.Refused;
        TimeSpan delay = Delay(LongestRequest);
        return Effective == LineState.Silent || Happens(Loss, "request lost") ? null : delay;
    }

    /// <returns>How long an answer takes; <see langword="null"/> when it does not arrive.</returns>
    public TimeSpan? Reply()
    {
        TimeSpan delay = Delay(LongestReply);
        if (Effective is LineState.Silent or LineState.RepliesLost || Happens(Loss, "reply lost"))
        {
            return null;
        }

        return Happens(Lateness, "reply late") ? delay + (LatestReply * random.NextDouble()) : delay;
    }

    private TimeSpan Delay(TimeSpan longest) =>
        TimeSpan.FromMilliseconds(3 + (40 * random.NextDouble())) + (random.NextDouble() < SlowPart ? longest * random.NextDouble() : TimeSpan.Zero);

    private bool Happens(double part, string what)
    {
        bool happens = part > 0 && random.NextDouble() < part;
        if (happens)
        {
            faults.Add(subject, $"{what} ({Name})", TimeSpan.Zero);
            world.Trace.Add(world.Now, "network", $"{what}: {Name}");
        }

        return happens;
    }
}
