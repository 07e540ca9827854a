using System.Globalization;
using Azker.Demo.Measurements;
using Azker.Demo.Story;
using Spectre.Console;

namespace Azker.Demo.Views;

/// <summary>Prints the story line by line, for an output that is not a terminal.</summary>
internal sealed class PlainView : IView
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private int _shown;

    public async Task ShowAsync(Stage stage, Task story)
    {
        while (!story.IsCompleted)
        {
            await Task.WhenAny(story, Task.Delay(Interval, stage.Clock.Time, CancellationToken.None));
            ShowNew(stage.Journal.Entries);
        }

        await story;
    }

    public void Conclude(DemoSummary summary) => AnsiConsole.Write(SummaryTable.Of(summary));

    private void ShowNew(IReadOnlyList<JournalEntry> entries)
    {
        foreach (JournalEntry entry in entries.Skip(_shown))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entry.At.TotalSeconds,5:0.0} s  {(entry.IsOutcome ? "  " : "")}{entry.Text}"));
        }

        _shown = entries.Count;
    }
}
