using Azker.Demo.Consoles;
using Azker.Demo.Measurements;

namespace Azker.Demo.Story.Steps;

internal sealed record KillReceiver(string Name, string Successor) : IStep
{
    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        BotConsole receiver = stage.Console(Name);
        stage.Journal.Act($"Console {Name} is killed (SIGKILL)");
        DateTimeOffset killedAt = receiver.Kill();
        stage.Add(new Kill(receiver.Port, killedAt));
        await stage.ExpectTakeoverAsync(receiver, stage.Console(Successor), Takeover.Killed, killedAt, cancellationToken);
    }
}
