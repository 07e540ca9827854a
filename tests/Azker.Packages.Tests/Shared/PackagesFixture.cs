using Azker.Core.Tests.Shared;
using Azker.Packages.Tests.Shared;

[assembly: AssemblyFixture(typeof(PackagesFixture))]

namespace Azker.Packages.Tests.Shared;

/// <summary>
/// Packs the packages, builds the samples against them and installs the tools, once for all tests. The version is new for each run, so
/// that no package of another run is taken.
/// </summary>
public sealed class PackagesFixture : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();

    /// <summary>The version of the packages of this run.</summary>
    public string Version { get; } = $"{BuildFacts.Version}-test.x{Guid.NewGuid():N}";

    /// <summary>The folder of the packages.</summary>
    public string Packages => _directory["packages"];

    /// <summary>The folder of the installed tools.</summary>
    public string Tools => _directory["tools"];

    /// <summary>The output of the build of the samples.</summary>
    public string SamplesBuild { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var repository = new DotnetCli(BuildFacts.Repository);
        Task<string> sources = repository.RunAsync("nuget", "list", "source", "--format", "Short");
        await repository.RunAsync(
            "pack", "azker.sln", "--configuration", BuildFacts.Configuration, "--no-build", "--output", Packages,
            $"-p:PackageVersion={Version}", $"-p:NuspecOutputPath={_directory["nuspec"]}/");
        NuGetConfig.Write(_directory["nuget.config"], Packages, NuGetConfig.ReadSources(await sources));

        RestoredPackages.Link(_directory["restored"]);
        var user = new DotnetCli(_directory.FullPath, _directory["restored"]);
        Task<string> samples = user.RunAsync(
            "build", SampleCopy.Create(_directory.FullPath, Version), "--configuration", BuildFacts.Configuration,
            "-p:NuGetAudit=false", "-p:UseSharedCompilation=false");
        await user.RunAsync("tool", "install", "azker", "--version", Version, "--tool-path", Tools);
        await user.RunAsync("tool", "install", "azker-botapi", "--version", Version, "--tool-path", Tools);
        SamplesBuild = await samples;
    }

    public ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    internal Package Open(string id) => new(Path.Combine(Packages, $"{id}.{Version}.nupkg"));

    internal Package OpenSymbols(string id) => new(Path.Combine(Packages, $"{id}.{Version}.snupkg"));

    /// <summary>The folder of a built sample.</summary>
    internal string Sample(string name) => Path.Combine(_directory["samples"], name, "bin", BuildFacts.Configuration, "net10.0");
}
