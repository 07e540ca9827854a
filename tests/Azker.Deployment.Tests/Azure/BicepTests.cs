using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azker.Core.Tests.Readme;
using Azker.Deployment.Tests.Shared;

namespace Azker.Deployment.Tests.Azure;

public sealed partial class BicepTests
{
    [Fact]
    public void The_compiler_and_its_linter_find_nothing() => Assert.Equal("", Bicep.Messages);

    [Fact]
    public void The_Functions_app_runs_on_Flex_Consumption_by_https_alone_with_an_identity()
    {
        JsonObject app = AzureFiles.FunctionApp;

        Assert.Equal("FlexConsumption", (string?)AzureFiles.Of("Microsoft.Web/serverfarms").Json["sku"]!["tier"]);
        Assert.Equal("SystemAssigned", (string?)AzureFiles.Of("Microsoft.Web/sites").Json["identity"]!["type"]);
        Assert.True((bool)app["httpsOnly"]!);
        Assert.Equal("""{"name":"dotnet-isolated","version":"10.0"}""", app["functionAppConfig"]!["runtime"]!.ToJsonString());
        Assert.Equal("SystemAssignedIdentity", (string?)app["functionAppConfig"]!["deployment"]!["storage"]!["authentication"]!["type"]);
        Assert.Equal(2, AzureFiles.Resources.Count(way => way.Type == "Microsoft.Web/sites/basicPublishingCredentialsPolicies" && !(bool)way.Properties["allow"]!));
    }

    [Fact]
    public void The_storage_account_refuses_keys_anonymous_readers_and_http()
    {
        JsonObject account = AzureFiles.Of("Microsoft.Storage/storageAccounts").Properties;

        Assert.Equal(
            (false, false, true),
            ((bool)account["allowSharedKeyAccess"]!, (bool)account["allowBlobPublicAccess"]!, (bool)account["supportsHttpsTrafficOnly"]!));
        Assert.Equal("None", (string?)AzureFiles.Of("Microsoft.Storage/storageAccounts/blobServices/containers").Properties["publicAccess"]);
    }

    [Fact]
    public void The_alerts_are_those_of_the_dashboard() => Assert.True(JsonNode.DeepEquals(
        JsonNode.Parse(Pages.Read("docs/dashboard/azure-monitor-alerts.json"))!["variables"],
        AzureFiles.Of("Microsoft.Insights/scheduledQueryRules").Template["variables"]));

    [Fact]
    public void The_parameter_file_gives_each_parameter_that_has_no_default_and_no_unknown_one()
    {
        JsonObject parameters = Bicep.Template["parameters"]!.AsObject();
        string[] given = [.. JsonNode.Parse(Pages.Read("infra/main.parameters.json"))!["parameters"]!.AsObject().Select(parameter => parameter.Key)];

        Assert.Subset(parameters.Select(parameter => parameter.Key).ToHashSet(), given.ToHashSet());
        Assert.Subset(given.ToHashSet(), parameters.Where(parameter => parameter.Value!["defaultValue"] is null).Select(parameter => parameter.Key).ToHashSet());
    }

    [Fact]
    public void Azd_publishes_the_project_of_the_Functions_app_to_the_app_with_the_tag_of_its_service()
    {
        YamlFile azd = YamlFile.Read("azure.yaml");
        (string service, YamlFile bot) = Assert.Single(azd["services"].Entries);

        Assert.Equal(("function", "dotnet"), (bot["host"].Text, bot["language"].Text));
        Assert.True(File.Exists(Path.Combine(Pages.Root, bot["project"].Text, $"{bot["project"].Text}.csproj")));
        Assert.Contains($"createObject('azd-service-name', '{service}')", (string)AzureFiles.Of("Microsoft.Web/sites").Json["tags"]!, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Pages.Root, azd["infra"]["path"].Text, $"{azd["infra"]["module"].Text}.bicep")));
    }

    [Fact]
    public void The_arithmetic_of_the_cost_is_right()
    {
        MatchCollection products = Product().Matches(Pages.Read("infra/README.md"));

        Assert.InRange(products.Count, 10, 100);
        Assert.All(products, product => Assert.Equal(
            Number(product, "result"), Math.Round(Number(product, "count") * Number(product, "price") / Number(product, "per", 1), 2, MidpointRounding.AwayFromZero)));
    }

    private static decimal Number(Match product, string group, decimal missing = 0) =>
        product.Groups[group].Success ? decimal.Parse(product.Groups[group].Value, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture) : missing;

    [GeneratedRegex(@"(?<count>[\d,.]+) × (?<price>[\d.]+)( / (?<per>[\d,]+))? = (?<result>[\d,.]*\d)", RegexOptions.ExplicitCapture)]
    private static partial Regex Product();
}
