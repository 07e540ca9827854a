using System.Diagnostics;

namespace Azker.Packages.Tests.Shared;

/// <summary>Runs commands of the .NET SDK, which leave no process behind.</summary>
/// <param name="directory">The working directory.</param>
/// <param name="packageFolder">The folder of the packages that NuGet restores; <see langword="null"/> for the usual folder.</param>
internal sealed class DotnetCli(string directory, string? packageFolder = null)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Runs a command, which has to succeed.</summary>
    /// <returns>The output.</returns>
    public async Task<string> RunAsync(params string[] arguments)
    {
        await using ChildProcess process = ChildProcess.Start(StartInfo(arguments));
        int exitCode = await process.ExitAsync(Patience);
        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {exitCode}:\n{process.Output}");
        return process.Output;
    }

    private ProcessStartInfo StartInfo(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = directory };

        // The SDK that runs the tests sets these variables for itself.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";
        if (packageFolder is not null)
        {
            start.Environment["NUGET_PACKAGES"] = packageFolder;
        }

        return start;
    }
}
