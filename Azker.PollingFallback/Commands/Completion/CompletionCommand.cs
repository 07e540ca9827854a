using System.CommandLine;
using System.Reflection;
using System.Text.RegularExpressions;
using Azker.PollingFallback.Language;

namespace Azker.PollingFallback.Commands.Completion;

/// <summary><c>completion</c>: prints the script by which a shell completes the command line. The script asks the <c>[suggest]</c> directive.</summary>
internal static partial class CompletionCommand
{
    private const string Tool = "azker";

    private static readonly string[] Shells = ["bash", "zsh", "fish", "powershell"];

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = Texts.CompletionShell, HelpName = "SHELL" };
        shell.AcceptOnlyFromAmong(Shells);
        var name = new Option<string>("--command") { Description = Texts.CompletionName, HelpName = "NAME", DefaultValueFactory = _ => DefaultName() };
        name.Validators.Add(result =>
        {
            if (!CommandName().IsMatch(result.GetValueOrDefault<string>()))
            {
                result.AddError(Texts.CompletionNameFault);
            }
        });
        var completion = new Command("completion", Texts.CompletionDescription) { shell, name };
        completion.SetAction(async (result, _) =>
        {
            await Console.Out.WriteAsync(Script(result.GetRequiredValue(shell), result.GetRequiredValue(name)));
            return ExitCode.Stopped;
        });
        return completion;
    }

    private static string Script(string shell, string command)
    {
        using Stream file = typeof(CompletionCommand).Assembly.GetManifestResourceStream($"azker.{shell}")!;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd()
            .Replace("FUNCTION", NoFunctionCharacter().Replace(command, "_") + "_complete", StringComparison.Ordinal)
            .Replace("COMMAND", command, StringComparison.Ordinal);
    }

    /// <summary>The tool's program is named after its assembly; a bot's own program is called by its own name.</summary>
    private static string DefaultName() =>
        Assembly.GetEntryAssembly() == typeof(CompletionCommand).Assembly ? Tool : RootCommand.ExecutableName;

    [GeneratedRegex(@"^[A-Za-z0-9._-]+\z")]
    private static partial Regex CommandName();

    [GeneratedRegex("[^A-Za-z0-9_]")]
    private static partial Regex NoFunctionCharacter();
}
