using Azker.Demo.Consoles;

namespace Azker.Demo.Story.Steps;

/// <summary>Starts a console without <c>--standby</c>, which is refused and names the instance that holds the lock.</summary>
internal sealed record StartSecond(string Name, string Holder) : IStep
{
    /// <summary>EX_TEMPFAIL of BSD's sysexits.</summary>
    private const int HeldByOther = 75;

    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        BotConsole console = stage.Console(Name);
        await console.StartAsync(mustRun: false);
        stage.Journal.Act($"Console {Name} starts without --standby, as process {console.ProcessId}");
        await console.ExpectExitAsync(HeldByOther, ConsoleState.Refused, cancellationToken);

        string expected = $"Another instance of this bot is already running: PID {stage.Console(Holder).ProcessId} on ";
        if (!console.Output.Any(line => line.StartsWith(expected, StringComparison.Ordinal)))
        {
            string actual = string.Join(Environment.NewLine, console.Output);
            throw new DemoFailedException($"No line of the output of console {Name} starts with '{expected}'. It is: {actual}");
        }

        stage.Journal.Note($"{Name} is refused, with exit code {HeldByOther}; it names {Holder} and its process {stage.Console(Holder).ProcessId}");
    }
}
