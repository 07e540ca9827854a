using System.CommandLine;
using System.Text.Json;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Commands.Config;

/// <summary><c>config</c>: shows the settings in force. It calls no service and needs no lock.</summary>
internal static class ConfigCommand
{
    public static Command Create(Action<IAzkerBuilder>? configure)
    {
        Option<bool> json = JsonOption.Create();
        var all = new Option<bool>("--all") { Description = Texts.ConfigAllOption };
        var config = new Command("config", Texts.ConfigDescription) { json, all };
        config.SetAction((result, _) => CommandFault.CatchAsync(async () =>
        {
            ConfigReport report = new ConfigReader(configure).Read(Directory.GetCurrentDirectory());
            await Console.Out.WriteLineAsync(result.GetValue(json)
                ? JsonSerializer.Serialize(report, CommandJsonContext.Default.ConfigReport)
                : ConfigText.Format(report, result.GetValue(all)));
            return report.Faults.Count == 0 ? ExitCode.Stopped : ExitCode.Misconfigured;
        }));
        return config;
    }
}
