using Azker.Demo.Measurements;

namespace Azker.Demo.Views;

/// <summary>The cells of the timeline, the newest last; without room for all cells, the timeline drops the oldest cells.</summary>
internal sealed class Timeline
{
    public static readonly TimeSpan CellLength = TimeSpan.FromSeconds(0.5);

    private readonly int _first;

    public Timeline(TimeSpan elapsed, int room)
    {
        int cells = (int)(elapsed / CellLength) + 1;
        _first = Math.Max(0, cells - room);
        Count = cells - _first;
    }

    public int Count { get; }

    public TimeSpan Start(int cell) => (_first + cell) * CellLength;

    public TimeSpan End(int cell) => Start(cell) + CellLength;

    public bool Contains(int cell, TimeSpan time) => time >= Start(cell) && time < End(cell);

    /// <summary>The number of questions that are asked before the end of a cell, and not answered by then.</summary>
    public int Waiting(int cell, IEnumerable<ChatExchange> exchanges, StoryClock clock) => exchanges.Count(exchange =>
        clock.At(exchange.Update.EnqueuedAt) < End(cell) && (!exchange.IsAnswered || clock.At(exchange.Answers[0].At) >= End(cell)));
}
