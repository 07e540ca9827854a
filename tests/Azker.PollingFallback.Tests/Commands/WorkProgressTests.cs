using Azker.PollingFallback.Output;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;

namespace Azker.PollingFallback.Tests.Commands;

/// <summary>The progress of a command on many updates.</summary>
public sealed class WorkProgressTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly StringWriter _errors = new() { NewLine = "\n" };

    [Fact]
    public async Task Without_a_terminal_a_line_comes_every_ten_seconds()
    {
        int result = await WorkProgress.RunAsync(2500, terminal: null, isOutputSeen: false, _errors, _time, async progress =>
        {
            for (int update = 0; update < 2500; update++)
            {
                _time.Advance(TimeSpan.FromMilliseconds(10));
                await progress.StepAsync();
            }

            return 7;
        });

        Assert.Equal(7, result);
        Assert.Equal("1,000 of 2,500 done\n2,000 of 2,500 done\n", _errors.ToString());
    }

    [Fact]
    public async Task On_a_terminal_a_bar_grows_below_the_results_and_is_gone_at_the_end()
    {
        var screen = new StringWriter();
        IAnsiConsole terminal = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(screen),
        });

        await WorkProgress.RunAsync(2, terminal, isOutputSeen: true, _errors, _time, async progress =>
        {
            await progress.WriteAsync("7: handled and removed.");
            await progress.StepAsync();
            await progress.StepAsync();
            return 0;
        });

        Assert.Contains("7: handled and removed.", screen.ToString(), StringComparison.Ordinal);
        Assert.Contains("2 of 2 done", screen.ToString(), StringComparison.Ordinal);
        Assert.Contains("\u2501", screen.ToString(), StringComparison.Ordinal);
        Assert.Empty(_errors.ToString());
    }
}
