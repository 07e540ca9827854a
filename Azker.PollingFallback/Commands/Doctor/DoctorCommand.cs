using System.CommandLine;
using Azker.PollingFallback.Commands.Config;
using Azker.PollingFallback.Diagnosis;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Commands.Doctor;

/// <summary><c>doctor</c>: checks all that a bot needs. A running instance keeps running.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandHost host, Action<IAzkerBuilder>? configure)
    {
        Option<bool> json = JsonOption.Create();
        var doctor = new Command("doctor", Texts.DoctorDescription) { json };
        doctor.SetAction((result, cancellationToken) => CommandFault.CatchAsync(async () =>
        {
            var output = new FindingOutput(result.GetValue(json));
            await output.WriteAsync(SettingChecks.Run(new ConfigReader(configure).Read(Directory.GetCurrentDirectory())));
            return output.Worst == FindingState.Problem
                ? output.ExitCode
                : await host.RunAsync(
                    async (bot, stoppingToken) =>
                    {
                        await output.WriteAsync(new BotChecks(bot).RunAsync(stoppingToken));
                        return output.ExitCode;
                    },
                    cancellationToken);
        }));
        return doctor;
    }
}
