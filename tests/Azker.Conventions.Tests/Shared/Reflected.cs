using System.Reflection;
using System.Runtime.CompilerServices;

namespace Azker.Conventions.Tests.Shared;

/// <summary>Answers the questions that several tests ask of types.</summary>
internal static class Reflected
{
    public const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The types that people wrote: those without the ones that the compiler makes.</summary>
    public static IEnumerable<Type> Written(Assembly assembly) =>
        assembly.GetTypes().Where(type => !IsGenerated(type) && !IsGenerated(Outermost(type)));

    public static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type;
    }

    private static bool IsGenerated(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || type.Name.Contains('<', StringComparison.Ordinal)
        || (type.Namespace is { } space && (space.StartsWith("System.", StringComparison.Ordinal) || space == "Microsoft.CodeAnalysis"));
}
