using Azker.Demo.Consoles;

namespace Azker.Demo.Story.Steps;

/// <summary>Starts a console that polls when neither the webhook nor another fallback receives.</summary>
internal sealed record StartFallback(string Name, string? Poller = null) : IStep
{
    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        BotConsole console = stage.Console(Name);
        await console.StartAsync(mustRun: true);
        stage.Journal.Act($"Console {Name} starts as the webhook's fallback, as process {console.ProcessId}");
        string expected = Poller is null ? "The webhook is healthy. Watching it." : $"Standby: PID {stage.Console(Poller).ProcessId} on ";
        await stage.ExpectAsync(
            () => console.Output.Any(line => line.Contains(expected, StringComparison.Ordinal)), $"Console {Name} logs '{expected}'", cancellationToken);
        console.History.Advance(ConsoleState.Starting, ConsoleState.Standby, stage.Clock.Elapsed);
        stage.Journal.Note(Poller is null ? $"{Name} watches the webhook" : $"{Name} waits for {Poller} to end");
    }
}
