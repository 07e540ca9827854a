using System.Globalization;
using System.Runtime.CompilerServices;

namespace Azker.Simulation.Tracing;

/// <summary>The events of a run as lines for a reader; empty unless it is on.</summary>
internal sealed class Trace(bool isOn)
{
    private readonly List<string> _lines = [];

    public bool IsOn => isOn;

    public IReadOnlyList<string> Lines => _lines;

    public void Add(TimeSpan at, string who, [InterpolatedStringHandlerArgument("")] ref TraceText what)
    {
        if (isOn)
        {
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds,10:0.000}  {who,-14} {what.Finish()}"));
        }
    }
}
