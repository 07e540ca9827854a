using Azker.Demo.Consoles;

namespace Azker.Demo.Story.Steps;

/// <summary>A console that polls when the webhook does not receive, and when nobody else does that before it.</summary>
internal sealed record StartFallback(string Name, string? Poller = null) : IStep
{
    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        BotConsole console = stage.Console(Name);
        await console.StartAsync(mustRun: true);
        stage.Journal.Act($"Console {Name} starts as the webhook's fallback, as process {console.ProcessId}");
        string expected = Poller is null ? "The webhook is healthy. Watching it." : $"Standby: PID {stage.Console(Poller).ProcessId} on ";
        await stage.ExpectAsync(
            () => console.Output.Any(line => line.Contains(expected, StringComparison.Ordinal)), $"Console {Name} says '{expected}'", cancellationToken);
        console.History.Advance(ConsoleState.Starting, ConsoleState.Standby, stage.Clock.Elapsed);
        stage.Journal.Note(Poller is null ? $"{Name} watches the webhook" : $"{Name} waits for {Poller} to end");
    }
}
