using System.CommandLine;
using System.CommandLine.Invocation;
using Azker.PollingFallback.Commands;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback;

/// <summary>The console of a bot: all commands of <c>azker</c>, with the handlers of the bot.</summary>
public static class AzkerConsole
{
    /// <summary>Runs the command line. Without a command it receives the bot's updates until a signal asks it to stop.</summary>
    /// <param name="args">The arguments of the program; <c>--help</c> lists the commands.</param>
    /// <param name="configure">
    /// Adds the handlers of the bot. The settings come from the environment, from <c>.env</c> and from <c>local.settings.json</c> in the
    /// working directory.
    /// </param>
    /// <returns>The exit code of the program: 0 after a graceful stop; <c>--help</c> lists all exit codes.</returns>
    public static Task<int> RunAsync(string[] args, Action<IAzkerBuilder>? configure = null)
    {
        ConsoleLanguage.Use(SettingsFiles.Lookup(Directory.GetCurrentDirectory()));

        return RunAsync(args, configure, new InvocationConfiguration { Output = LibraryTextWriter.Of(Console.Out), Error = LibraryTextWriter.Of(Console.Error) });
    }

    /// <summary>Runs the command line in the language that was chosen.</summary>
    /// <param name="args">The arguments of the program.</param>
    /// <param name="configure">Adds the handlers of the bot.</param>
    /// <param name="invocation">The writers of help and of errors.</param>
    internal static Task<int> RunAsync(string[] args, Action<IAzkerBuilder>? configure, InvocationConfiguration invocation)
    {
        // Without a termination timeout of its own, the command line leaves all signals to the host.
        invocation.ProcessTerminationTimeout = null;
        ParseResult command = AzkerCommand.Create(configure).Parse(args);
        return command.Action is ParseErrorAction error ? UsageError.ReportAsync(command, error, invocation) : command.InvokeAsync(invocation);
    }
}
