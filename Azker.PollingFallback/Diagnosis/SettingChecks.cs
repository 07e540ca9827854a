using System.Runtime.InteropServices;
using Azker.Core.Infrastructure;
using Azker.PollingFallback.Commands.Config;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Settings;

namespace Azker.PollingFallback.Diagnosis;

/// <summary>Checks the versions and the settings, without a call to any service.</summary>
internal static class SettingChecks
{
    private const string Check = "settings";

    public static async IAsyncEnumerable<Finding> Run(ConfigReport report)
    {
        await Task.CompletedTask;
        yield return Finding.Ok("versions", $"Azker {AzkerVersion.Current}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription} ({RuntimeInformation.ProcessArchitecture})");
        foreach (string fault in report.Faults)
        {
            yield return Finding.Problem(Check, fault, Texts.CheckSettingsRemedy);
        }

        foreach (SimilarSetting similar in report.Similar.Where(similar => !similar.HasEffect))
        {
            yield return Finding.Warning(Check, Texts.FormatConfigSimilar(similar.Name, similar.Source, similar.Setting), Texts.FormatCheckSimilarRemedy(similar.Setting));
        }

        if (report.Faults.Count == 0)
        {
            yield return Finding.Ok(Check, SettingsFiles.Describe(Directory.GetCurrentDirectory()));
        }
    }
}
