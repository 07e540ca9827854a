using System.Reflection;

namespace Azker.Core.Infrastructure;

/// <summary>The version of this Azker.</summary>
public static class AzkerVersion
{
    /// <summary>The version, such as <c>0.1.0</c>.</summary>
    public static string Current { get; } = typeof(AzkerVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
