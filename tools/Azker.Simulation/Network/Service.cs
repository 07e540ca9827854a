namespace Azker.Simulation.Network;

/// <summary>A service that all instances share, and that can be down for all of them.</summary>
internal sealed class Service(string name)
{
    public string Name => name;

    public LineState State { get; set; }
}
