using Azker.Conventions.Tests.Shared;

namespace Azker.Conventions.Tests.Names;

public class NameTests
{
    [Fact]
    public void One_name_means_one_type() =>
        Findings.AreNone(
            from type in Types()
            group type by NameOf(type) into named
            let meanings = named.Select(MeaningOf).Distinct().Order(StringComparer.Ordinal).ToArray()
            where meanings.Length > 1
            orderby named.Key
            select $"{named.Key}: {string.Join(", ", meanings)}",
            "In the product and its tools, one name means one type.");

    private static IEnumerable<Type> Types() =>
        Assemblies.Product.Concat(Assemblies.Tools).SelectMany(Reflected.Written).Where(type => !type.IsNestedPrivate && type.Name != "Program");

    /// <summary>A type and its generic forms share a name and a meaning.</summary>
    private static string MeaningOf(Type type) => $"{type.Assembly.GetName().Name} {type.FullName!.Split('`')[0]}";

    private static string NameOf(Type type) => type.Name.Split('`')[0];
}
