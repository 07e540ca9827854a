using Azker.Azurite;
using Azker.Demo.Measurements;
using Azker.Demo.StandIn;
using Azker.Demo.Story;
using Azker.Demo.Views;

namespace Azker.Demo;

/// <summary>Runs the demo once: starts the processes, plays the story, shows the measurements, and always ends the processes.</summary>
internal sealed class DemoRun(IView view, bool useStorage, int seed, TimeProvider time)
{
    /// <summary>The default of <c>LOCK_CONTAINER</c>.</summary>
    private const string LockContainer = "azker";

    /// <exception cref="DemoFailedException">A step failed, or updates were lost, repeated or in conflict.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        CheckPlatform();
        var clock = new StoryClock(time);
        using var directory = new TempDirectory();
        var bot = DemoBot.Create();
        Scenario scenario = Scenarios.OfWebhookAndFallbacks();
        await using AzuriteServer? storage = useStorage ? await AzuriteServer.StartAsync(cancellationToken) : null;
        await PrepareAsync(storage, bot, cancellationToken);
        await using StandInProcess standIn = await StandInProcess.StartAsync(directory.Path, 1 + scenario.Roles.Count, time, cancellationToken);
        using var client = new StandInClient(standIn.Urls[0], bot.Id);
        await using var stage = new Stage(clock, standIn, client, bot, directory.Path, storage?.ConnectionString, scenario.Roles, seed);
        await view.ShowAsync(stage, PlayAsync(stage, scenario.Steps, cancellationToken));

        DemoSummary summary = DemoSummary.Of(stage);
        view.Conclude(summary);
        if (!summary.IsClean)
        {
            throw new DemoFailedException(string.Join(' ', ["Not all of lost, duplicates and conflicts are 0.", .. ConflictsOf(stage)]));
        }
    }

    private static IEnumerable<string> ConflictsOf(Stage stage) =>
        from conflict in stage.Observer.Latest!.Statistics.Conflicts
        where conflict.Answered > 0
        let console = stage.Consoles.Single(console => console.Port == conflict.Port)
        select $"Console {console.Name} got the answer '{conflict.Text}' {conflict.Answered} times. Its output:\n{string.Join('\n', console.Output)}\n";

    /// <summary>Creates the bot's lock as an earlier run left it: an instance that creates the lock waits for one lease duration.</summary>
    private static Task PrepareAsync(AzuriteServer? storage, DemoBot bot, CancellationToken cancellationToken) =>
        storage is null ? Task.CompletedTask : ReleasedLock.CreateAsync(storage, LockContainer, $"bot-{bot.Id}", cancellationToken);

    private static void CheckPlatform()
    {
        if (OperatingSystem.IsWindows())
        {
            throw new DemoFailedException("The demo sends SIGKILL, SIGSTOP and SIGTERM, which Windows does not have. Run the demo on Linux, in WSL or on macOS.");
        }
    }

    private static async Task PlayAsync(Stage stage, IReadOnlyList<IStep> steps, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] parts = [stage.PlayAsync(steps, end.Token), stage.Observer.RunAsync(end.Token), stage.Users.RunAsync(end.Token)];
        // The story ends first, unless a part fails.
        Task first = await Task.WhenAny(parts);
        await end.CancelAsync();
        await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        await first;
        await stage.Observer.ObserveAsync(cancellationToken);
    }
}
