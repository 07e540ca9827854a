namespace Azker.Simulation.Invariants;

/// <summary>Where the dead letters of all instances are, on disk as in a local run.</summary>
internal sealed class DeadLetterShelf : IDisposable
{
    /// <summary>The data directory, which is made when the first of them is written.</summary>
    public string Directory { get; } = Path.Combine(Path.GetTempPath(), $"azker-simulation-{Guid.NewGuid():N}");

    public bool Has(int updateId) =>
        System.IO.Directory.Exists(Directory) && System.IO.Directory.EnumerateFiles(Path.Combine(Directory, "dead-letters"), $"{updateId}-*").Any();

    public void Dispose()
    {
        if (System.IO.Directory.Exists(Directory))
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }
    }
}
