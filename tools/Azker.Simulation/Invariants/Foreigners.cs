using Azker.Simulation.Scheduling;

namespace Azker.Simulation.Invariants;

/// <summary>The parties that have the bot's token and are not Azker.</summary>
internal sealed class Foreigners
{
    private readonly HashSet<ProcessThread> _threads = [];

    /// <summary>Whether this seed has such a party, now or later.</summary>
    public bool Exist { get; set; }

    public void Add(ProcessThread thread) => _threads.Add(thread);

    public bool Has(ProcessThread thread) => _threads.Contains(thread);
}
