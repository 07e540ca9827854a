namespace Azker.Benchmarks.Comparing;

/// <summary>A directory for the files of one run.</summary>
internal sealed class ScratchDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("azker-compare-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
