namespace Azker.Demo;

/// <summary>The working directory of the processes: without settings files, and deleted when the demo ends.</summary>
internal sealed class TempDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("azker-demo-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
