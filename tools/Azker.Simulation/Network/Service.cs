namespace Azker.Simulation.Network;

/// <summary>A service that all instances share, and that can fail for all instances at once.</summary>
internal sealed class Service(string name)
{
    public string Name => name;

    public LineState State { get; set; }
}
