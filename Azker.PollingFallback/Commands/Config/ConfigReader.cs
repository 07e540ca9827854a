using Azker.Core.Configuration;
using Azker.Core.Configuration.Settings;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Azker.PollingFallback.Commands.Config;

/// <summary>Reads the settings in force, faulty ones included.</summary>
internal sealed class ConfigReader(Action<IAzkerBuilder>? configure)
{
    private static readonly string[] Names =
        [.. AzkerSettings.Names, .. SecretFiles.Names.Select(name => name + SecretFiles.Suffix), ConsoleLanguage.Setting];

    private readonly SimilarNames _names = new(Names);

    /// <exception cref="SettingsFileException">A file exists and cannot be read.</exception>
    public ConfigReport Read(string directory)
    {
        IConfigurationRoot configuration = SettingsFiles.Read(directory);
        (AzkerOptions read, AzkerOptions options) = ReadOptions(configuration);
        ValidateOptionsResult result = new AzkerOptionsValidation().Validate(Options.DefaultName, options);
        return new ConfigReport(
            [.. SettingTable.All.Select(setting => Read(setting, configuration, read, options))],
            [.. FindSimilar(configuration)],
            [.. result.Failures ?? []]);
    }

    /// <returns>The options as they are set, and with the defaults that depend on other options.</returns>
    private (AzkerOptions Read, AzkerOptions Complete) ReadOptions(IConfigurationRoot configuration)
    {
        var services = new ServiceCollection();
        services.AddAzkerOptions(Options.DefaultName, configuration, configure: null);
        configure?.Invoke(services.AddBot(Options.DefaultName));
        using ServiceProvider provider = services.BuildServiceProvider();
        IConfigureOptions<AzkerOptions>[] setups = [.. provider.GetServices<IConfigureOptions<AzkerOptions>>()];
        return (
            new OptionsFactory<AzkerOptions>(setups, []).Create(Options.DefaultName),
            new OptionsFactory<AzkerOptions>(setups, provider.GetServices<IPostConfigureOptions<AzkerOptions>>()).Create(Options.DefaultName));
    }

    private static ConfigSetting Read(Setting setting, IConfigurationRoot configuration, AzkerOptions read, AzkerOptions complete) => new(
        setting.Name,
        SettingValue.Show(setting, complete),
        SettingValue.IsSet(setting, complete),
        SettingValue.IsSecret(setting),
        read.Configured.IsSetByCode(setting, read) ? "code" : SettingSource.Find(configuration, setting.Name) ?? "default");

    private IEnumerable<SimilarSetting> FindSimilar(IConfigurationRoot configuration) =>
        from name in SettingSource.All(configuration)
        let same = Names.FirstOrDefault(known => known.Equals(name.Name, StringComparison.OrdinalIgnoreCase))
        let setting = same ?? _names.Find(name.Name)
        where setting is not null && setting != name.Name && !IsCommonForm(name.Name)
        select new SimilarSetting(name.Name, name.Source, setting, same is not null);

    /// <summary>The names of proxies are common in lower case (curl).</summary>
    private static bool IsCommonForm(string name) => name.EndsWith("_proxy", StringComparison.Ordinal);
}
