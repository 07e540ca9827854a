using Azker.Demo.Consoles;
using Azker.Demo.Measurements;

namespace Azker.Demo.Story.Steps;

internal sealed record StopReceiver(string Name, string Successor) : IStep
{
    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        BotConsole receiver = stage.Console(Name);
        stage.Journal.Act($"Console {Name} is asked to stop (SIGTERM)");
        DateTimeOffset requestedAt = receiver.RequestStop();
        await stage.ExpectTakeoverAsync(receiver, stage.Console(Successor), Takeover.Stopped, requestedAt, cancellationToken);
        await receiver.ExpectExitAsync(0, ConsoleState.Stopped, cancellationToken);
    }
}
