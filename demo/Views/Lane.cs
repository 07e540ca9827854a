using System.Globalization;
using System.Text;
using Azker.Demo.Consoles;
using Azker.Demo.Measurements;

namespace Azker.Demo.Views;

/// <summary>The rows of the timeline, as markup with one character for each cell.</summary>
internal sealed class Lane(Timeline timeline, StoryClock clock, IReadOnlyList<ChatExchange> exchanges)
{
    private const int SecondsPerMark = 5;

    public string Of(BotConsole console) => Draw(cell =>
    {
        (TimeSpan since, ConsoleState state) = console.History.At(timeline.End(cell));
        bool isNew = timeline.Contains(cell, since);
        return state switch
        {
            ConsoleState.Receiving or ConsoleState.Stopping => ("green", Bars.OfCount(AnswersOf(console, cell))),
            ConsoleState.Starting => ("grey", '·'),
            ConsoleState.Standby => ("yellow", '─'),
            ConsoleState.Paused => ("blue", '░'),
            ConsoleState.Killed when isNew => ("red", '✗'),
            ConsoleState.Refused when isNew => ("darkorange", '✗'),
            ConsoleState.Stopped when isNew => ("grey", '■'),
            _ => ("grey", ' '),
        };
    });

    public string OfWaiting() => Draw(cell => ("yellow", timeline.Waiting(cell, exchanges, clock) is > 0 and int count ? Bars.OfCount(count / 3) : ' '));

    public string OfLatency() => Draw(cell => exchanges
        .Where(exchange => exchange.IsAnswered && timeline.Contains(cell, clock.At(exchange.Answers[0].At)))
        .Max(exchange => exchange.Latency) is { } latency ? (Colour(latency), Bars.OfLatency(latency)) : ("grey", ' '));

    public string OfSeconds()
    {
        var text = new StringBuilder();
        for (int cell = 0; cell < timeline.Count; cell++)
        {
            double seconds = timeline.Start(cell).TotalSeconds;
            if (seconds % SecondsPerMark == 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{new string(' ', Math.Max(0, cell - text.Length))}{seconds:0}");
            }
        }

        return $"[grey]{text}[/]";
    }

    private static string Colour(TimeSpan latency) => latency.TotalMilliseconds switch
    {
        < 50 => "green",
        < 500 => "yellow",
        _ => "red",
    };

    private int AnswersOf(BotConsole console, int cell) => exchanges
        .SelectMany(exchange => exchange.Answers)
        .Count(answer => answer.Port == console.Port && timeline.Contains(cell, clock.At(answer.At)));

    private string Draw(Func<int, (string Colour, char Glyph)> cellAt)
    {
        var text = new StringBuilder();
        for (int cell = 0; cell < timeline.Count; cell++)
        {
            (string colour, char glyph) = cellAt(cell);
            text.Append('[').Append(colour).Append(']').Append(glyph).Append("[/]");
        }

        return text.ToString();
    }
}
