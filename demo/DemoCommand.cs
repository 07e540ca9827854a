using System.CommandLine;
using Azker.Demo.Processes;
using Azker.Demo.Views;

namespace Azker.Demo;

/// <summary>The command line.</summary>
internal static class DemoCommand
{
    private const int Done = 0;
    private const int Failed = 1;

    public static RootCommand Create()
    {
        var json = new Option<bool>("--json") { Description = "Print the summary as one line of JSON, and nothing else." };
        var storage = new Option<bool>("--storage")
        {
            Description = "Hold the lock as a blob lease, as on several machines: starts Azurite, which takes Node.",
        };
        var seed = new Option<int>("--seed") { Description = "The seed of the users' pace; 1 by default.", DefaultValueFactory = _ => 1 };
        var root = new RootCommand("""
            Azker on one machine, without a bot token: a stand-in for Telegram's server, a console that serves the webhook,
            its fallbacks, and users who chat while consoles are killed, paused and stopped. Takes less than 60 s.
            Exit codes: 0 all went as told, 1 it did not, 128 + n interrupted by signal n.
            """) { json, storage, seed };
        root.SetAction((arguments, _) => RunAsync(ViewFor(arguments.GetValue(json)), arguments.GetValue(storage), arguments.GetValue(seed)));
        return root;
    }

    private static IView ViewFor(bool json) => json ? new JsonView() : Console.IsOutputRedirected ? new PlainView() : new LiveView();

    private static async Task<int> RunAsync(IView view, bool useStorage, int seed)
    {
        using var interruption = new Interruption();
        try
        {
            await new DemoRun(view, useStorage, seed, TimeProvider.System).RunAsync(interruption.Token);
            return Done;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Interrupted.");
            return interruption.ExitCode;
        }
        catch (DemoFailedException failure)
        {
            await Console.Error.WriteLineAsync($"The demo failed: {failure.Message}");
            return Failed;
        }
    }
}
