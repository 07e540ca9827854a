using System.CommandLine;
using System.CommandLine.Invocation;
using Azker.PollingFallback.Language;

namespace Azker.PollingFallback.Commands;

/// <summary>Reports a wrong command line: the error and the usage line of the command that was meant, not the whole help.</summary>
internal static class UsageError
{
    /// <returns>The exit code.</returns>
    public static async Task<int> ReportAsync(ParseResult command, ParseErrorAction error, InvocationConfiguration invocation)
    {
        error.ShowHelp = false;
        int code = await command.InvokeAsync(invocation);
        await invocation.Error.WriteLineAsync(Texts.FormatUsage(LineOf(command.CommandResult.Command), $"{PathOf(command.CommandResult.Command)} --help"));
        return code;
    }

    private static string LineOf(Command command) => string.Join(
        ' ',
        (string[])[
            PathOf(command),
            .. command.Subcommands.Any(sub => !sub.Hidden) ? ["COMMAND"] : Array.Empty<string>(),
            .. command.Arguments.Select(argument => argument.Arity.MinimumNumberOfValues == 0 ? $"[{argument.Name}]" : argument.Name),
            .. command.Options.Where(option => !option.Hidden && option.Name is not ("--help" or "--version")).Select(option => $"[{option.Name}]"),
        ]);

    private static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : command.Name;
}
