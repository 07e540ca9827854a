using System.Diagnostics;
using Azker.Core.Infrastructure;

namespace Azker.Core.Telemetry;

/// <summary>The name under which a listener, such as OpenTelemetry, finds the spans and the metrics of Azker.</summary>
public static class AzkerTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Azker";

    internal static ActivitySource Source { get; } = new(Name, AzkerVersion.Current);
}
