using Azker.Core.Tests.Shared;
using Azker.Packages.Tests.Shared;

[assembly: AssemblyFixture(typeof(PackagesFixture))]

namespace Azker.Packages.Tests.Shared;

/// <summary>
/// Packs the packages, builds the samples and the bot of the template against them, and installs the tools, once for all tests. The
/// version is new for each run, so that no package of another run is taken.
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

    /// <summary>The output of the build of the samples and of the bot of the template.</summary>
    public string Build { get; private set; } = "";

    /// <summary>The bot that the template has created.</summary>
    internal NewBot Bot { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var repository = new DotnetCli(BuildFacts.Repository);
        Task<string> sources = repository.RunAsync("nuget", "list", "source", "--format", "Short");
        await repository.RunAsync(
            "pack", "azker.sln", "--configuration", BuildFacts.Configuration, "--no-build", "--output", Packages,
            $"-p:PackageVersion={Version}", $"-p:NuspecOutputPath={_directory["nuspec"]}/");
        NuGetConfig.Write(_directory["nuget.config"], Packages, NuGetConfig.ReadSources(await sources));

        RestoredPackages.Link(_directory["restored"]);
        (string, string) restored = ("NUGET_PACKAGES", _directory["restored"]);
        var user = new DotnetCli(_directory.FullPath, restored);
        Task tools = InstallToolsAsync(user);
        Bot = await NewBot.CreateAsync(_directory.FullPath, Version, restored);
        string solution = Solution.Write(_directory["all.slnx"], [.. SampleCopy.Create(_directory["copy"], Version), .. Bot.Projects]);
        Build = await user.RunAsync("build", solution, "-p:NuGetAudit=false");
        await tools;
    }

    public ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    internal Package Open(string id) => new(Path.Combine(Packages, $"{id}.{Version}.nupkg"));

    internal Package OpenSymbols(string id) => new(Path.Combine(Packages, $"{id}.{Version}.snupkg"));

    /// <summary>The folder of a built sample.</summary>
    internal string Sample(string name) => Output($"copy/samples/{name}");

    /// <summary>The folder of a built project.</summary>
    internal string Output(string project) => _directory[$"{project}/bin/Debug/net10.0"];

    private async Task InstallToolsAsync(DotnetCli user)
    {
        await user.RunAsync("tool", "install", "azker", "--version", Version, "--tool-path", Tools);
        await user.RunAsync("tool", "install", "azker-botapi", "--version", Version, "--tool-path", Tools);
    }
}
