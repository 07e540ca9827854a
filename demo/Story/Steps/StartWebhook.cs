using Azker.Demo.Consoles;

namespace Azker.Demo.Story.Steps;

internal sealed record StartWebhook(string Name) : IStep
{
    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        BotConsole console = stage.Console(Name);
        await console.StartAsync(mustRun: true);
        stage.Journal.Act($"Console {Name} starts, as process {console.ProcessId}, to serve the webhook");
        await stage.ExpectAsync(
            () => stage.Observer.Latest is { } latest && console.IsRegistered(latest), $"Console {Name} registers its webhook", cancellationToken);
        console.History.Advance(ConsoleState.Starting, ConsoleState.Receiving, stage.Clock.Elapsed);
        stage.Journal.Note($"{Name} is registered as the bot's webhook");
    }
}
