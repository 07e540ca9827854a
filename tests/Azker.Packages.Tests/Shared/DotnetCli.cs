using System.Diagnostics;

namespace Azker.Packages.Tests.Shared;

/// <summary>Runs commands of the .NET SDK. They leave no process behind but the server of the compiler, as any build does.</summary>
/// <param name="directory">The working directory.</param>
/// <param name="settings">Variables of the environment.</param>
internal sealed class DotnetCli(string directory, params IEnumerable<(string Name, string Value)> settings)
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
        foreach ((string name, string value) in settings)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
