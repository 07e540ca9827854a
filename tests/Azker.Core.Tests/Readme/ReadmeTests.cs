using Azker.Core.Tests.Hosting;

namespace Azker.Core.Tests.Readme;

/// <summary>The README keeps to the code that is compiled here.</summary>
public sealed class ReadmeTests
{
    private const string Readme = "README.md";

    [Fact]
    public void The_README_has_fewer_than_200_lines() => Assert.InRange(Pages.Read(Readme).Split('\n').Length - 1, 1, 199);

    [Fact]
    public void The_handler_in_the_README_is_the_handler_that_these_tests_compile_and_run()
    {
        string compiled = Pages.Read("tests/Azker.Core.Tests/Readme/EchoHandler.cs").Replace("namespace Azker.Core.Tests.Readme;\n\n", "", StringComparison.Ordinal);
        string indented = string.Join('\n', compiled.TrimEnd().Split('\n').Select(line => line.Length == 0 ? line : "   " + line));
        string section = Pages.Section(Readme, "## Your own bot in five minutes");

        Assert.Contains(indented, section, StringComparison.Ordinal);
        Assert.Contains("azker => azker.AddHandler<EchoHandler>()", section, StringComparison.Ordinal);
    }

    [Fact]
    public void The_registrations_in_the_README_are_those_that_are_compiled_here()
    {
        string compiled = Pages.Read("tests/Azker.Core.Tests/Readme/ReadmeBot.cs");
        string[] registrations = [.. Pages.Section(Readme, "### Handlers").Split('\n').Where(line => line.StartsWith("azker.", StringComparison.Ordinal))];

        Assert.Equal(4, registrations.Length);
        Assert.All(registrations, registration => Assert.Contains($"        {registration}\n", compiled, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_handler_in_the_README_echoes()
    {
        await using ApplicationHost application = await ApplicationHost.StartAsync(ReadmeBot.Add);

        Assert.Equal("say it again", await application.Ask("say it again"));
    }
}
