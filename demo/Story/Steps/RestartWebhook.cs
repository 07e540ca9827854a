using Azker.Demo.Consoles;

namespace Azker.Demo.Story.Steps;

/// <summary>Starts the webhook's console again: while another console polls, it answers <c>/health</c> and waits for the failback.</summary>
internal sealed record RestartWebhook(string Name, string Poller) : IStep
{
    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        BotConsole console = stage.Console(Name);
        await console.StartAsync(mustRun: true, "--standby");
        stage.Journal.Act($"Console {Name} starts again with --standby, as process {console.ProcessId}");
        string holder = $"PID {stage.Console(Poller).ProcessId} on ";
        await stage.ExpectAsync(
            () => console.Output.Any(line => line.Contains(holder, StringComparison.Ordinal)), $"Console {Name} finds that {Poller} polls", cancellationToken);
        console.History.Advance(ConsoleState.Starting, ConsoleState.Standby, stage.Clock.Elapsed);
        stage.Journal.Note($"{Name} is ready; {Poller} keeps polling until {Name} has been healthy for FAILBACK_DELAY");
    }
}
