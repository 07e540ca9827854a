using Azker.Demo.Consoles;

namespace Azker.Demo.Story.Steps;

/// <summary>A console that was not told to wait is refused, and says whom it found.</summary>
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
        string said = string.Join(Environment.NewLine, console.Output);
        if (!said.StartsWith(expected, StringComparison.Ordinal))
        {
            throw new DemoFailedException($"Console {Name} was to say '{expected}...', and said: {said}");
        }

        stage.Journal.Note($"{Name} is refused, with exit code {HeldByOther}; it names {Holder} and its process {stage.Console(Holder).ProcessId}");
    }
}
