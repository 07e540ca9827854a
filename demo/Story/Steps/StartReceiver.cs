using Azker.Demo.Consoles;

namespace Azker.Demo.Story.Steps;

internal sealed record StartReceiver(string Name) : IStep
{
    /// <summary>Who had to create the blob of a lease does not use it before the time of a lease has passed.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        BotConsole console = stage.Console(Name);
        await console.StartAsync(mustRun: true);
        stage.Journal.Act($"Console {Name} starts, as process {console.ProcessId}");
        await stage.ExpectAsync(() => console.History.Current.State == ConsoleState.Receiving, $"Console {Name} polls", Limit, cancellationToken);
        stage.Journal.Note($"{Name} holds the lock and polls");
    }
}
