using Azker.Demo.Measurements;
using Azker.Demo.Story;
using Spectre.Console;

namespace Azker.Demo.Views;

/// <summary>Draws the timeline several times a second.</summary>
internal sealed class LiveView : IView
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(150);

    public Task ShowAsync(Stage stage, Task story) => AnsiConsole.Live(Screen.Of(stage)).Overflow(VerticalOverflow.Crop).StartAsync(async live =>
    {
        while (!story.IsCompleted)
        {
            await Task.WhenAny(story, Task.Delay(Interval, stage.Clock.Time, CancellationToken.None));
            live.UpdateTarget(Screen.Of(stage));
        }

        await story;
    });

    public void Conclude(DemoSummary summary) => AnsiConsole.Write(SummaryTable.Of(summary));
}
