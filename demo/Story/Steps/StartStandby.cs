using Azker.Demo.Consoles;

namespace Azker.Demo.Story.Steps;

internal sealed record StartStandby(string Name, string Holder) : IStep
{
    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        BotConsole console = stage.Console(Name);
        await console.StartAsync(mustRun: true, "--standby");
        stage.Journal.Act($"Console {Name} starts with --standby, as process {console.ProcessId}");
        string holder = $"Standby: PID {stage.Console(Holder).ProcessId} ";
        await stage.ExpectAsync(
            () => console.Output.Any(line => line.Contains(holder, StringComparison.Ordinal)), $"Console {Name} waits for {Holder}", cancellationToken);
        console.History.Advance(ConsoleState.Starting, ConsoleState.Standby, stage.Clock.Elapsed);
        stage.Journal.Note($"{Name} waits for {Holder} to end");
    }
}
