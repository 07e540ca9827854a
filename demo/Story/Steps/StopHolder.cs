using Azker.Demo.Consoles;
using Azker.Demo.Measurements;

namespace Azker.Demo.Story.Steps;

internal sealed record StopHolder(string Name, string Successor) : IStep
{
    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        BotConsole holder = stage.Console(Name);
        stage.Journal.Act($"Console {Name} is asked to stop (SIGTERM)");
        DateTimeOffset requestedAt = holder.RequestStop();
        await stage.ExpectTakeoverAsync(holder, stage.Console(Successor), Takeover.Stopped, requestedAt, cancellationToken);
        await holder.ExpectExitAsync(0, ConsoleState.Stopped, cancellationToken);
    }
}
