using Azker.Simulation.Scheduling;

namespace Azker.Simulation.Faults;

/// <summary>The faults of a seed with their subjects and times, which can explain that an update was handled twice.</summary>
internal sealed class FaultLog(World world)
{
    /// <summary>The subject of a fault that touches all instances.</summary>
    public const string All = "*";

    public const string Pause = "pause";

    private readonly List<(TimeSpan From, TimeSpan To, string Subject, string What)> _faults = [];

    public void Add(string subject, string what, TimeSpan duration) => _faults.Add((world.Now, world.Now + duration, subject, what));

    /// <param name="subject">The subject.</param>
    /// <param name="from">The first moment.</param>
    /// <param name="to">The last moment.</param>
    /// <param name="what">The kind of the fault; <see langword="null"/> for any fault.</param>
    /// <returns>The first fault that touched a subject between two moments; <see langword="null"/> for none.</returns>
    public string? Find(string subject, TimeSpan from, TimeSpan to, string? what = null) => _faults
        .Where(fault => fault.From <= to && fault.To >= from && (fault.Subject == subject || fault.Subject == All) && (what ?? fault.What) == fault.What)
        .Select(fault => fault.What)
        .FirstOrDefault();
}
