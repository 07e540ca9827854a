using System.CommandLine;
using Azker.PollingFallback.Language;
using Spectre.Console;

namespace Azker.PollingFallback.Output;

/// <summary><c>--yes</c>: the answer to the question of a command that takes something away.</summary>
internal static class YesOption
{
    public static Option<bool> Create() => new("--yes", "-y") { Description = Texts.YesOption };

    /// <summary>Asks on a terminal only: a script has to give <c>--yes</c>, and reads the question on the standard error.</summary>
    /// <param name="yes">Whether the option was given.</param>
    /// <param name="question">The question, with what the command does.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    public static async Task<bool> IsGivenAsync(bool yes, string question, CancellationToken cancellationToken)
    {
        if (yes || !Console.IsInputRedirected)
        {
            return yes || await AnsiConsole.ConfirmAsync(Markup.Escape(question), defaultValue: false, cancellationToken);
        }

        await Console.Error.WriteLineAsync(question);
        return false;
    }
}
