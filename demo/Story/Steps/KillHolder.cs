using Azker.Demo.Consoles;
using Azker.Demo.Measurements;

namespace Azker.Demo.Story.Steps;

internal sealed record KillHolder(string Name, string Successor) : IStep
{
    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        BotConsole holder = stage.Console(Name);
        stage.Journal.Act($"Console {Name} is killed (SIGKILL)");
        DateTimeOffset killedAt = holder.Kill();
        stage.Add(new Kill(holder.Port, killedAt));
        await stage.ExpectTakeoverAsync(holder, stage.Console(Successor), Takeover.Killed, killedAt, cancellationToken);
    }
}
