using Azker.Demo.Consoles;

namespace Azker.Demo.Story.Steps;

internal sealed record StartWebhook(string Name) : IStep
{
    /// <summary>Who had to create the blob of a lease does not use it before the time of a lease has passed.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        BotConsole console = stage.Console(Name);
        await console.StartAsync(mustRun: true);
        stage.Journal.Act($"Console {Name} starts, as process {console.ProcessId}, to serve the webhook");
        await stage.ExpectAsync(
            () => stage.Observer.Latest is { } latest && console.IsRegistered(latest), $"Console {Name} registers its webhook", Limit, cancellationToken);
        console.History.Advance(ConsoleState.Starting, ConsoleState.Receiving, stage.Clock.Elapsed);
        stage.Journal.Note($"{Name} is registered as the bot's webhook");
    }
}
