using Azker.Demo.Consoles;

namespace Azker.Demo.Story.Steps;

/// <summary>Stops the last console, so that no other answer can come.</summary>
internal sealed record StopLast(string Name) : IStep
{
    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        BotConsole console = stage.Console(Name);
        stage.Journal.Act($"Console {Name} is asked to stop (SIGTERM)");
        console.RequestStop();
        await console.ExpectExitAsync(0, ConsoleState.Stopped, cancellationToken);
        stage.Journal.Note($"{Name} has stopped, with exit code 0");
    }
}
