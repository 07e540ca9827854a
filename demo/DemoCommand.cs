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
            Description = "Hold the lock as a blob lease, as on several machines. Starts Azurite, which needs Node.js.",
        };
        var seed = new Option<int>("--seed") { Description = "The seed of the random pauses between the users' messages; the default is 1.", DefaultValueFactory = _ => 1 };
        var root = new RootCommand("""
            Shows Azker on one machine, without a bot token: a stand-in for Telegram's server, a console that serves the
            webhook, its fallbacks, and users who chat while the demo kills, pauses and stops consoles. Takes less than 60 s.
            Exit codes: 0 the demo succeeded, 1 the demo failed, 128 + n signal n interrupted the demo.
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
