using System.Diagnostics;
using Azker.Core.Tests.Shared;
using Azker.PollingFallback.Tests.Shared;

namespace Azker.PollingFallback.Tests.Commands;

/// <summary>The completion of command lines, in a real shell that calls the real program.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class CompletionTests : IAsyncLifetime
{
    private ConsoleFixture _fixture = null!;

    public async ValueTask InitializeAsync()
    {
        _fixture = await ConsoleFixture.CreateAsync();
        string program = Path.Combine(_fixture.Directory, "azker");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec dotnet exec '{Path.Combine(AppContext.BaseDirectory, "Azker.PollingFallback.dll")}' \"$@\"\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Theory]
    [InlineData("azker dead", "dead-letters")]
    [InlineData("azker webhook d", "delete")]
    [InlineData("azker webhook set --d", "--dry-run")]
    [InlineData("azker  completion p", "powershell")]
    [InlineData("azker lock ", "--help -? -h break show")]
    [InlineData("azker lock show x", "")]
    public async Task Bash_completes_commands_options_and_values(string line, string expected) => Assert.Equal(expected, await CompleteInBash(line));

    [Fact]
    public async Task Bash_completes_the_ID_of_a_parked_update_on_the_disk()
    {
        string parked = Directory.CreateDirectory(Path.Combine(_fixture.Directory, "data", "parked", "123456")).FullName;
        await File.WriteAllTextAsync(Path.Combine(parked, "7001.json"), "{}", TestContext.Current.CancellationToken);

        Assert.Equal("7001", await CompleteInBash("azker parked show 7"));
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _my_bot_complete my-bot")]
    [InlineData("zsh", "compdef _my_bot_complete my-bot")]
    [InlineData("fish", "complete --command my-bot --arguments '(__my_bot_complete)'")]
    [InlineData("powershell", "Register-ArgumentCompleter -Native -CommandName my-bot -ScriptBlock {")]
    public async Task Each_shell_has_a_script_for_the_name_of_the_program(string shell, string line)
    {
        ConsoleProcess console = _fixture.Start(["completion", shell, "--command", "my-bot"]);

        Assert.Equal(0, await console.Exit());
        Assert.Contains(line, console.Output.Split('\n'));
    }

    [Fact]
    public async Task A_name_that_a_shell_could_run_is_refused()
    {
        ConsoleProcess console = _fixture.Start(["completion", "bash", "--command", "a;b"]);

        Assert.Equal(1, await console.Exit());
        Assert.Contains("The name of --command has letters, digits and . _ - only.", console.Errors, StringComparison.Ordinal);
    }

    /// <summary>Calls the completion as bash does after a press of the Tab key at the end of a line.</summary>
    private async Task<string> CompleteInBash(string line)
    {
        const string script = """
            eval "$(azker completion bash)"
            COMP_LINE="$1" COMP_POINT=${#1}
            read -r -a COMP_WORDS <<< "$1"
            [[ $1 == *" " ]] && COMP_WORDS+=("")
            COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
            [[ $(complete -p azker) == *" -F _azker_complete azker" ]] || exit 9
            _azker_complete
            echo "${COMPREPLY[*]}"
            """;
        var start = new ProcessStartInfo("bash", ["--norc", "-c", script, "bash", line]) { WorkingDirectory = _fixture.Directory, RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{_fixture.Directory}:{start.Environment["PATH"]}";
        start.Environment["DATA_DIR"] = Path.Combine(_fixture.Directory, "data");
        start.Environment["TELEGRAM_BOT_TOKEN"] = ConsoleFixture.Token;
        start.Environment["LC_ALL"] = "C";
        using Process bash = Process.Start(start)!;
        string output = await Eventually.Completes(bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        await Eventually.Completes(bash.WaitForExitAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, bash.ExitCode);
        return output.TrimEnd('\n');
    }
}
