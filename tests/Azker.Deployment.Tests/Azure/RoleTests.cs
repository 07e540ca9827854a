using System.Text.RegularExpressions;
using Azker.Core.Tests.Readme;
using Azker.Deployment.Tests.Shared;

namespace Azker.Deployment.Tests.Azure;

/// <summary>The roles of infra/roles.bicep are those that <c>azker doctor</c> names, and no more.</summary>
public sealed partial class RoleTests
{
    /// <summary>The ids that Azure gives to its built-in roles.</summary>
    private static readonly Dictionary<string, string> BuiltIn = new()
    {
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
    };

    [Theory]
    [InlineData("functions", true)]
    [InlineData("fallback", false)]
    public void An_identity_has_the_roles_on_the_storage_account_that_doctor_checks(string module, bool queues)
    {
        // Without the queue, doctor warns; all other findings are problems.
        IEnumerable<string> checkedRoles = DoctorRole().Matches(Pages.Read("Azker.PollingFallback/Diagnosis/StorageChecks.cs"))
            .Select(role => role.Groups[1].Value).Distinct().Where(role => queues || !role.Contains("Queue", StringComparison.Ordinal));

        Assert.Equal(checkedRoles.Order(), StorageRoles(module).Order());
    }

    [Theory]
    [InlineData("functions")]
    [InlineData("fallback")]
    public void An_identity_reads_the_secret_of_the_token_alone(string module)
    {
        ArmResource assignment = Assert.Single(Assignments(module), assignment => assignment.Json["copy"] is null);

        Assert.Equal("Key Vault Secrets User", BuiltIn[Variable(assignment, VariableName().Matches((string)assignment.Properties["roleDefinitionId"]!).Single().Groups[1].Value)]);
        Assert.Contains("'Microsoft.KeyVault/vaults/secrets'", (string)assignment.Json["scope"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void No_other_resource_assigns_roles() =>
        Assert.Equal(4, AzureFiles.Resources.Count(resource => resource.Type == "Microsoft.Authorization/roleAssignments"));

    private static IEnumerable<ArmResource> Assignments(string module) =>
        AzureFiles.Resources.Where(resource => resource.Type == "Microsoft.Authorization/roleAssignments" && resource.Module == module);

    private static IEnumerable<string> StorageRoles(string module)
    {
        ArmResource loop = Assert.Single(Assignments(module), assignment => assignment.Json["copy"] is not null);
        bool queues = (bool)AzureFiles.Resources
            .Single(resource => resource.Module == module && resource.Json["properties"]?["parameters"]?["queues"] is not null).Properties["parameters"]!["queues"]!["value"]!;
        Match roles = RoleList().Match(Variable(loop, "storageRoles"));
        Assert.True(roles.Success, $"The roles are {Variable(loop, "storageRoles")}.");
        Assert.Contains("'Microsoft.Storage/storageAccounts'", (string)loop.Json["scope"]!, StringComparison.Ordinal);
        return VariableName().Matches(roles.Groups["always"].Value + (queues ? roles.Groups["queues"].Value : "")).Select(name => BuiltIn[Variable(loop, name.Groups[1].Value)]);
    }

    private static string Variable(ArmResource resource, string name) => (string)resource.Template["variables"]![name]!;

    [GeneratedRegex("CheckRoleRemedy\\(\"([^\"]+)\"\\)")]
    private static partial Regex DoctorRole();

    [GeneratedRegex(@"variables\('(\w+)'\)")]
    private static partial Regex VariableName();

    [GeneratedRegex(@"^\[concat\(createArray\((?<always>.*)\), if\(parameters\('queues'\), createArray\((?<queues>.*)\), createArray\(\)\)\)\]$", RegexOptions.ExplicitCapture)]
    private static partial Regex RoleList();
}
