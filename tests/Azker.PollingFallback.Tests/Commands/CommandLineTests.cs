using System.CommandLine;
using Azker.PollingFallback.Commands;

namespace Azker.PollingFallback.Tests.Commands;

/// <summary>Every user of the machine can read the command line of a process.</summary>
public sealed class CommandLineTests
{
    private static readonly string[] Secret = ["token", "secret", "password", "proxy", "connection", "storage"];

    [Fact]
    public void No_command_takes_a_secret()
    {
        string[] names = [.. Commands(AzkerCommand.Create(configure: null)).SelectMany(command => command.Options.Cast<Symbol>().Concat(command.Arguments)).Select(symbol => symbol.Name)];

        Assert.Contains("--standby", names);
        Assert.DoesNotContain(names, name => Secret.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    [Theory]
    [InlineData("--TELEGRAM_BOT_TOKEN", "x")]
    [InlineData("--WEBHOOK_SECRET=x")]
    [InlineData("run", "TELEGRAM_BOT_TOKEN=x")]
    public void A_setting_on_the_command_line_is_refused(params string[] arguments) =>
        Assert.NotEmpty(AzkerCommand.Create(configure: null).Parse(arguments).Errors);

    private static IEnumerable<Command> Commands(Command command) => [command, .. command.Subcommands.SelectMany(Commands)];
}
