using Azker.Conventions.Tests.Shared;

namespace Azker.Conventions.Tests.Names;

public class NameTests
{
    /// <summary>
    /// TEMPORARY: names that the product and the stand-in for the Bot API server both use. Rename the stand-in's types, and
    /// delete this list.
    /// </summary>
    private static readonly string[] TemporarilySharedWithTheStandIn =
        ["BotToken", "HostResolver", "UpdateKind", "WebhookRegistration", "WebhookSettings", "WebhookTarget"];

    [Fact]
    public void One_name_means_one_type() =>
        Findings.AreNone(
            from type in Types()
            group type by NameOf(type) into named
            where !TemporarilySharedWithTheStandIn.Contains(named.Key)
            let meanings = named.Select(MeaningOf).Distinct().Order(StringComparer.Ordinal).ToArray()
            where meanings.Length > 1
            orderby named.Key
            select $"{named.Key}: {string.Join(", ", meanings)}",
            "In the product and its tools, one name means one type.");

    [Fact]
    public void The_temporary_list_holds_clashes_only() =>
        Findings.AreNone(
            TemporarilySharedWithTheStandIn.Where(name => Types().Where(type => NameOf(type) == name).Select(MeaningOf).Distinct().Count() < 2),
            "A name that does not clash any more leaves the temporary list.");

    private static IEnumerable<Type> Types() =>
        Assemblies.Product.Concat(Assemblies.Tools).SelectMany(Reflected.Written).Where(type => !type.IsNestedPrivate && type.Name != "Program");

    /// <summary>A type and its generic forms share a name and a meaning.</summary>
    private static string MeaningOf(Type type) => $"{type.Assembly.GetName().Name} {type.FullName!.Split('`')[0]}";

    private static string NameOf(Type type) => type.Name.Split('`')[0];
}
