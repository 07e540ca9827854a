using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Azker.Core.Configuration;
using Azker.PollingFallback.Commands.Completion;
using Azker.PollingFallback.Commands.Config;
using Azker.PollingFallback.Commands.Dashboard;
using Azker.PollingFallback.Commands.DeadLetters;
using Azker.PollingFallback.Commands.Doctor;
using Azker.PollingFallback.Commands.Health;
using Azker.PollingFallback.Commands.Lock;
using Azker.PollingFallback.Commands.Parked;
using Azker.PollingFallback.Commands.Status;
using Azker.PollingFallback.Commands.Webhook;
using Azker.PollingFallback.Language;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Commands;

/// <summary>The command line; <c>run</c> is the default command.</summary>
internal static class AzkerCommand
{
    /// <param name="configure">Adds the handlers of the bot.</param>
    public static RootCommand Create(Action<IAzkerBuilder>? configure)
    {
        var root = new RootCommand(Texts.RootDescription);
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExitCodes((HelpAction)help.Action!);
        help.Description = Texts.HelpOption;
        help.Aliases.Remove("/h");
        help.Aliases.Remove("/?");
        root.Options.OfType<VersionOption>().Single().Description = Texts.VersionOption;
        var run = new Command("run", Texts.RunDescription);
        AddRun(root, configure);
        AddRun(run, configure);
        var host = new CommandHost(configure);
        root.Subcommands.Add(ConfigCommand.Create(configure));
        root.Subcommands.Add(run);
        root.Subcommands.Add(DoctorCommand.Create(host, configure));
        root.Subcommands.Add(HealthCommand.Create());
        root.Subcommands.Add(StatusCommand.Create(host));
        root.Subcommands.Add(DashboardCommand.Create(configure));
        root.Subcommands.Add(WebhookCommand.Create(host));
        root.Subcommands.Add(LockCommand.Create(host));
        root.Subcommands.Add(DeadLettersCommand.Create(host));
        root.Subcommands.Add(ParkedCommand.Create(host));
        root.Subcommands.Add(ServerCommands.CreateLogout(host));
        root.Subcommands.Add(ServerCommands.CreateClose(host));
        root.Subcommands.Add(CompletionCommand.Create());
        return root;
    }

    private static void AddRun(Command command, Action<IAzkerBuilder>? configure)
    {
        var standby = new Option<bool>("--standby") { Description = Texts.StandbyOption };
        var takeOver = new Option<bool>("--take-over") { Description = Texts.TakeOverOption };
        var dropPending = new Option<bool>("--drop-pending") { Description = Texts.DropPendingOption };
        command.Options.Add(standby);
        command.Options.Add(takeOver);
        command.Options.Add(dropPending);
        command.SetAction((result, cancellationToken) => new RunCommand(configure).RunAsync(
            options => Apply(options, result.GetValue(standby), result.GetValue(takeOver), result.GetValue(dropPending)), cancellationToken));
    }

    private static void Apply(AzkerOptions options, bool standby, bool takeOver, bool dropPending)
    {
        options.Polling.Standby = standby ? true : options.Polling.Standby;
        options.Polling.TakeOver |= takeOver;
        options.DropPending |= dropPending;
    }

    private sealed class HelpWithExitCodes(HelpAction inner) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            int result = inner.Invoke(parseResult);
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine(Texts.HelpSettings);
            output.WriteLine();
            output.WriteLine(ExitCode.Help);
            return result;
        }
    }
}
