using System.Text.Json.Nodes;

namespace Azker.Deployment.Tests.Shared;

/// <summary>The parts of infra/ that the tests look at.</summary>
internal static class AzureFiles
{
    public static IReadOnlyList<ArmResource> Resources { get; } = ArmResource.All(Bicep.Template);

    public static JsonObject FunctionApp => Of("Microsoft.Web/sites").Properties;

    /// <summary>The app settings of the Functions app.</summary>
    public static IReadOnlyDictionary<string, string> FunctionSettings { get; } = Of("Microsoft.Web/sites/config").Properties
        .ToDictionary(setting => setting.Key, setting => (string)setting.Value!);

    public static JsonObject FallbackContainer => Of("Microsoft.App/containerApps").Properties["template"]!["containers"]![0]!.AsObject();

    /// <summary>The environment of the fallback; a secret has the name of the secret.</summary>
    public static IReadOnlyDictionary<string, string> FallbackSettings { get; } = FallbackContainer["env"]!.AsArray()
        .ToDictionary(variable => (string)variable!["name"]!, variable => (string?)variable!["value"] ?? $"secret {(string)variable["secretRef"]!}");

    public static ArmResource Of(string type) => Resources.Single(resource => resource.Type == type);
}
