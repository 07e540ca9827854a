using Azker.Simulation.Scheduling;

namespace Azker.Simulation.Faults;

/// <summary>What went wrong with whom and when: what may explain that an update was handled twice.</summary>
internal sealed class FaultLog(World world)
{
    /// <summary>A fault of all.</summary>
    public const string All = "*";

    private readonly List<(TimeSpan From, TimeSpan To, string Subject, string What)> _faults = [];

    public void Add(string subject, string what, TimeSpan duration) => _faults.Add((world.Now, world.Now + duration, subject, what));

    /// <returns>The first fault that touched an instance within a time; <see langword="null"/> when none did.</returns>
    public string? Find(string subject, TimeSpan from, TimeSpan to) => _faults
        .Where(fault => fault.From <= to && fault.To >= from && (fault.Subject == subject || fault.Subject == All))
        .Select(fault => fault.What)
        .FirstOrDefault();
}
