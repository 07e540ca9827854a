using Azker.Core.Configuration.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Azker.Core.Configuration;

/// <summary>
/// The first of three steps: sets the options that a configuration names, and keeps the faults of the texts that have no
/// value, for <see cref="AzkerOptionsValidation"/> to report.
/// </summary>
/// <param name="name">The name of the options to set.</param>
/// <param name="configuration">The configuration, or the section of a bot, with the settings of <see cref="SettingNames"/>.</param>
internal sealed class AzkerSettings(string name, IConfiguration configuration) : IConfigureNamedOptions<AzkerOptions>
{
    /// <summary>The names of all settings.</summary>
    public static IEnumerable<string> Names => SettingTable.All.Select(setting => setting.Name);

    public void Configure(AzkerOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? optionsName, AzkerOptions options)
    {
        if (optionsName != name)
        {
            return;
        }

        options.Configured.Section = configuration is IConfigurationSection section ? section.Path : "";
        foreach (Setting setting in SettingTable.All)
        {
            SettingFault? fault = SecretFiles.Read(configuration, setting.Name, out string text);
            if (fault is not null || text.Length > 0)
            {
                options.Configured.Add(setting, text, fault ?? setting.Read(text, options), options);
            }
        }
    }
}
