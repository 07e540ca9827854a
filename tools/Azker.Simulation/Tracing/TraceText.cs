using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Azker.Simulation.Tracing;

/// <summary>The text of a line, which is not formatted unless the trace is on.</summary>
[InterpolatedStringHandler]
internal readonly ref struct TraceText
{
    private readonly StringBuilder? _text;

    public TraceText(int literalLength, int formattedCount, Trace trace, out bool isWanted)
    {
        isWanted = trace.IsOn;
        _text = isWanted ? new StringBuilder(literalLength + (8 * formattedCount)) : null;
    }

    public void AppendLiteral(string text) => _text!.Append(text);

    public void AppendFormatted<T>(T value) => _text!.Append(CultureInfo.InvariantCulture, $"{value}");

    public void AppendFormatted<T>(T value, string format) => _text!.AppendFormat(CultureInfo.InvariantCulture, $"{{0:{format}}}", value);

    public string Finish() => _text!.ToString();
}
