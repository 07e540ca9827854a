using System.Text.Json.Nodes;

namespace Azker.Deployment.Tests.Shared;

/// <summary>A resource of an ARM template, or of a template inside it.</summary>
/// <param name="Module">The name of the module in main.bicep that has it; empty in main.bicep itself.</param>
/// <param name="Template">The template that has it.</param>
/// <param name="Json">The resource.</param>
internal sealed record ArmResource(string Module, JsonObject Template, JsonObject Json)
{
    public string Type => (string)Json["type"]!;

    public JsonObject Properties => Json["properties"]!.AsObject();

    /// <summary>All resources of a template and of the templates inside it.</summary>
    public static IReadOnlyList<ArmResource> All(JsonObject template) => [.. Below(template, "")];

    private static IEnumerable<ArmResource> Below(JsonObject template, string module)
    {
        IEnumerable<(string Name, JsonNode? Json)> resources = template["resources"] is JsonObject named
            ? named.Select(entry => (entry.Key, entry.Value))
            : template["resources"]!.AsArray().Select(json => ("", json));
        foreach ((string name, JsonNode? json) in resources)
        {
            var resource = new ArmResource(module, template, json!.AsObject());
            yield return resource;
            if (resource.Json["properties"]?["template"] is JsonObject inner && inner["resources"] is not null)
            {
                foreach (ArmResource nested in Below(inner, module.Length == 0 ? name : module))
                {
                    yield return nested;
                }
            }
        }
    }
}
