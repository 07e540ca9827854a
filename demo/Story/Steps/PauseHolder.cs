using Azker.Demo.Consoles;

namespace Azker.Demo.Story.Steps;

/// <summary>Pauses the holder of the lock, which keeps the lock: a paused process keeps its OS lock, and its lease lasts longer than the pause.</summary>
internal sealed record PauseHolder(string Name, TimeSpan Duration) : IStep
{
    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        BotConsole holder = stage.Console(Name);
        stage.Journal.Act($"Console {Name} is paused (SIGSTOP)");
        DateTimeOffset pausedAt = stage.Clock.Now;
        holder.Pause();
        await Task.Delay(Duration, stage.Clock.Time, cancellationToken);
        await stage.Observer.ObserveAsync(cancellationToken);
        if (stage.Consoles.FirstOrDefault(other => other != holder && stage.Observer.Latest!.FirstPollAt(other.Port, pausedAt) is not null) is { } second)
        {
            throw new DemoFailedException($"Console {second.Name} polled while {Name} held the lock.");
        }

        stage.Journal.Note($"No console took over; {stage.Observer.Latest!.Statistics.Pending} updates are pending");
        stage.Journal.Act($"Console {Name} is resumed (SIGCONT)");
        DateTimeOffset resumedAt = stage.Clock.Now;
        holder.Resume();
        await stage.ExpectAsync(() => HasCaughtUp(stage, holder), $"Console {Name} handles the pending updates", cancellationToken);
        stage.Journal.Note($"{Name} has handled the pending updates, {(stage.Clock.Now - resumedAt).TotalMilliseconds:0} ms later");
    }

    private static bool HasCaughtUp(Stage stage, BotConsole holder) =>
        holder.History.Current.State == ConsoleState.Receiving && stage.Observer.Latest!.Statistics.Pending <= 1;
}
