using System.Text.RegularExpressions;
using Azker.Core.Tests.Readme;
using Azker.Deployment.Tests.Shared;

namespace Azker.Deployment.Tests.Workflows;

/// <summary>The workflows for GitHub; <c>tests/workflows/run</c> checks their syntax.</summary>
public sealed partial class WorkflowTests
{
    /// <summary>The publishers whose actions move with a service, so that their tag of the major version is used.</summary>
    private static readonly string[] Services = ["Azure/setup-azd@v2", "NuGet/login@v1", "github/codeql-action/analyze@v3", "github/codeql-action/init@v3"];

    /// <summary>Programs that the runners or an earlier step of the workflow bring.</summary>
    private static readonly string[] Programs = ["azd", "docker", "dotnet", "test"];

    public static TheoryData<string> All => [.. Directory.GetFiles(Path.Combine(Pages.Root, ".github/workflows")).Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(All))]
    public void Each_action_is_pinned_to_a_commit_with_its_version(string workflow) => Assert.All(
        Uses().Matches(Pages.Read($".github/workflows/{workflow}")),
        action => Assert.True(
            Services.Contains(action.Groups[1].Value) || Pinned().IsMatch(action.Groups[1].Value), $"{action.Groups[1].Value} is not pinned."));

    [Theory]
    [MemberData(nameof(All))]
    public void A_workflow_may_read_alone_and_each_job_says_what_more_it_may(string workflow)
    {
        YamlFile file = YamlFile.Read($".github/workflows/{workflow}");

        Assert.Equal([("contents", "read")], file["permissions"].Entries.Select(permission => (permission.Name, permission.Value.Text)));
        Assert.All(file["jobs"].Entries, job => Assert.True(job.Value["timeout-minutes"].Exists, $"{job.Name} has no time limit."));
        Assert.All(Steps(file).Where(step => step["uses"].Exists && step["uses"].Text.StartsWith("actions/checkout", StringComparison.Ordinal)), step =>
            Assert.Equal("false", step["with"]["persist-credentials"].Text));
        Assert.Equal(
            workflow is "deploy.yml" or "release.yml",
            file["jobs"].Entries.Any(job => job.Value["permissions"].Exists && job.Value["permissions"]["id-token"].Exists));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Each_command_and_each_file_in_it_exists(string workflow) => Assert.All(
        Steps(YamlFile.Read($".github/workflows/{workflow}")).Where(step => step["run"].Exists).Select(step => step["run"].Text),
        command =>
        {
            string[] words = [.. command.Split(' ').Where(word => word != "sudo" && !word.StartsWith("--preserve-env", StringComparison.Ordinal))];
            Assert.True(Programs.Contains(words[0]) || File.Exists(Path.Combine(Pages.Root, words[0])), $"{words[0]} does not exist.");
            Assert.All(Named().Matches(command), name => Assert.True(Path.Exists(Path.Combine(Pages.Root, name.Value)), $"{name.Value} does not exist."));
        });

    [Fact]
    public void The_tests_run_on_the_three_systems() => Assert.Equal(
        ["macos", "ubuntu", "windows"],
        YamlFile.Read(".github/workflows/build.yml")["jobs"]["test"]["strategy"]["matrix"]["os"].Items.Select(system => system.Text.Split('-')[0]).Order());

    [Fact]
    public void Dependabot_watches_each_kind_of_package_where_it_is()
    {
        YamlFile[] updates = [.. YamlFile.Read(".github/dependabot.yml")["updates"].Items];

        Assert.Equal(["docker", "github-actions", "npm", "nuget"], updates.Select(update => update["package-ecosystem"].Text).Distinct().Order());
        Assert.Equal(
            Pages.Files("package-lock.json").Select(Path.GetDirectoryName).Order(),
            updates.Where(update => update["package-ecosystem"].Text == "npm").Select(update => update["directory"].Text.TrimStart('/')).Order());
    }

    [Fact]
    public void No_workflow_has_a_stored_secret() => Assert.All(
        All, workflow => Assert.DoesNotContain("secrets.", Pages.Read($".github/workflows/{(string)workflow!}"), StringComparison.Ordinal));

    private static IEnumerable<YamlFile> Steps(YamlFile workflow) => workflow["jobs"].Entries.SelectMany(job => job.Value["steps"].Items);

    [GeneratedRegex(@"uses: (.+)$", RegexOptions.Multiline)]
    private static partial Regex Uses();

    [GeneratedRegex(@"^[\w/.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")]
    private static partial Regex Pinned();

    [GeneratedRegex(@"\bazker\.sln\b|\bAzker\.[A-Z]\w+")]
    private static partial Regex Named();
}
