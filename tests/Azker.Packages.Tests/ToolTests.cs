using Azker.Core.Tests.Shared;
using Azker.Packages.Tests.Shared;

namespace Azker.Packages.Tests;

public sealed class ToolTests(PackagesFixture packages)
{
    [Theory]
    [InlineData("azker", "dead-letters")]
    [InlineData("azker-botapi", "--first-update-id")]
    public async Task An_installed_tool_explains_its_command_line(string tool, string part)
    {
        // A tool finds the runtime by DOTNET_ROOT where it lies at no usual place.
        string runtime = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        await using ChildProcess process = ChildProcess.Start(Path.Combine(packages.Tools, tool), ["--help"], packages.Tools, ("DOTNET_ROOT", runtime));

        Assert.Equal(0, await process.ExitAsync(Eventually.Patience));
        Assert.Contains(part, process.Output, StringComparison.Ordinal);
    }
}
