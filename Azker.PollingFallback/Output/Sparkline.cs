namespace Azker.PollingFallback.Output;

/// <summary>The course of a number as a line of small bars.</summary>
internal sealed class Sparkline
{
    private const int Length = 40;
    private const string Bars = "▁▂▃▄▅▆▇█";

    private readonly Queue<double> _values = new();

    public void Add(double value)
    {
        _values.Enqueue(value);
        while (_values.Count > Length)
        {
            _values.Dequeue();
        }
    }

    /// <summary>The bars, from the oldest value to the newest; the highest value has the highest bar.</summary>
    public override string ToString()
    {
        double highest = Math.Max(1, _values.DefaultIfEmpty().Max());
        return string.Concat(_values.Select(value => Bars[(int)Math.Round(value / highest * (Bars.Length - 1))]));
    }
}
