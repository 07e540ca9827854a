using Azker.Simulation.Faults;
using Azker.Simulation.Scheduling;

namespace Azker.Simulation.Network;

/// <summary>The connection from one party to another.</summary>
/// <remarks>
/// A request arrives within the 3 s between a holder's own deadline and the end of its lease, or never: no lock protects a
/// service that cannot fence from a request that arrives later. An answer may arrive at any later time.
/// </remarks>
internal sealed class Line(World world, Random random, FaultLog faults, string subject, Service service)
{
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan LongestReply = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LatestReply = TimeSpan.FromSeconds(25);

    private const double SlowPart = 0.02;

    public string Name => $"{subject}-{service.Name}";

    /// <summary>The instance or the site of the line.</summary>
    public string Subject => subject;

    public LineState State { get; set; }

    /// <summary>The part of the requests, and of the answers, that is lost: 0 to 1.</summary>
    public double Loss { get; set; }

    /// <summary>The part of the answers that arrives late, by up to 25 s: 0 to 1.</summary>
    public double Lateness { get; set; }

    /// <summary>Whether the server answers that it cannot serve.</summary>
    public bool IsFailing => Effective == LineState.Failing;

    private LineState Effective => State == LineState.Sound ? service.State : State;

    /// <returns>The time that a request takes; <see langword="null"/> when it does not arrive.</returns>
    public TimeSpan? Request(out bool isRefused)
    {
        isRefused = Effective == LineState.Refused;
        TimeSpan delay = Delay(LongestRequest);
        return Effective == LineState.Silent || Happens(Loss, "request lost") ? null : delay;
    }

    /// <returns>The time that an answer takes; <see langword="null"/> when it does not arrive.</returns>
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
