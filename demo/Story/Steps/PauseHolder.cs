using Azker.Demo.Consoles;

namespace Azker.Demo.Story.Steps;

/// <summary>The lock is the operating system's: a process that stands still keeps it.</summary>
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
        if (stage.Consoles.FirstOrDefault(other => other != holder && stage.Observer.Latest!.FirstPollAt(other.Port, pausedAt) is not null) is { } thief)
        {
            throw new DemoFailedException($"Console {thief.Name} polled while {Name} held the lock.");
        }

        stage.Journal.Note($"Nobody took over; {stage.Observer.Latest!.Statistics.Pending} updates wait");
        stage.Journal.Act($"Console {Name} goes on (SIGCONT)");
        DateTimeOffset resumedAt = stage.Clock.Now;
        holder.Resume();
        await stage.ExpectAsync(() => HasCaughtUp(stage, holder), $"Console {Name} handles what has waited", cancellationToken);
        stage.Journal.Note($"{Name} has answered all that waited, {(stage.Clock.Now - resumedAt).TotalMilliseconds:0} ms later");
    }

    private static bool HasCaughtUp(Stage stage, BotConsole holder) =>
        holder.History.Current.State == ConsoleState.Receiving && stage.Observer.Latest!.Statistics.Pending <= 1;
}
