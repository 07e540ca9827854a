using System.Text.Json;
using System.Text.RegularExpressions;
using Azker.Core.Configuration;
using Azker.Core.Tests.Readme;
using Azker.PollingFallback.Commands;

namespace Azker.Deployment.Tests.Containers;

/// <summary>The Dockerfile; <c>tests/containers/run</c> does what it says.</summary>
public sealed partial class DockerfileTests
{
    /// <summary>The stage of the console, which is the last one.</summary>
    private static readonly string[] Console = [.. Stages().Split(Pages.Read("Dockerfile"))[^1].Split('\n')];

    [Fact]
    public void The_image_has_no_shell_and_runs_as_a_user_without_rights()
    {
        Assert.EndsWith("-chiseled", Console[0], StringComparison.Ordinal);
        Assert.Equal("1654:1654", Instruction("USER"));
        Assert.Equal("SIGTERM", Instruction("STOPSIGNAL"));
    }

    [Fact]
    public void The_program_is_PID_1_and_its_health_check_is_a_command_that_it_has()
    {
        string[] entryPoint = List(Instruction("ENTRYPOINT"));
        string[] probe = List(Instruction("HEALTHCHECK"));

        Assert.Equal("/app/Azker.PollingFallback", Assert.Single(entryPoint));
        Assert.Equal(entryPoint[0], probe[0]);
        Assert.Empty(AzkerCommand.Create(null).Parse(probe[1..]).Errors);
        Assert.Equal("health", AzkerCommand.Create(null).Parse(probe[1..]).CommandResult.Command.Name);
    }

    [Fact]
    public void Its_environment_has_settings_that_exist_and_writes_to_the_volume()
    {
        Dictionary<string, string> environment = Instruction("ENV").Split(' ').Select(variable => variable.Split('=')).ToDictionary(variable => variable[0], variable => variable[1]);

        Assert.Empty(environment.Keys.Except(AzkerSettings.Names).Except(["DOTNET_EnableDiagnostics"]));
        Assert.Equal(Instruction("VOLUME"), environment[SettingNames.DataDirectory]);
        Assert.Equal(Instruction("EXPOSE"), environment[SettingNames.HealthListen]);
    }

    [Fact]
    public void The_settings_files_of_a_developer_do_not_get_into_the_image() => Assert.Subset(
        Pages.Read(".dockerignore").Split('\n').ToHashSet(), new HashSet<string> { ".env", "local.settings.json", "**/bin", "**/obj", ".git" });

    private static string Instruction(string name) => Console.Single(line => line.StartsWith($"{name} ", StringComparison.Ordinal))[(name.Length + 1)..];

    private static string[] List(string instruction) => JsonSerializer.Deserialize<string[]>(instruction[instruction.IndexOf('[', StringComparison.Ordinal)..])!;

    [GeneratedRegex("^FROM ", RegexOptions.Multiline)]
    private static partial Regex Stages();
}
