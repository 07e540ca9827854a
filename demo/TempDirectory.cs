namespace Azker.Demo;

/// <summary>The processes' working directory, which holds no one's settings; gone when the demo ends.</summary>
internal sealed class TempDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("azker-demo-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
