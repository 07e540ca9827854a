using System.Diagnostics;

namespace Azker.Core.Tests.Shared;

internal static class Shell
{
    /// <returns>The output lines of a shell command, which must succeed.</returns>
    public static async Task<string[]> Output(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardOutput = true })!;
        string output = await Eventually.Completes(shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        await Eventually.Completes(shell.WaitForExitAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, shell.ExitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
