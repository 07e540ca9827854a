using Azker.Core.Configuration.Settings;
using Microsoft.Extensions.Configuration;

namespace Azker.PollingFallback.Settings;

/// <summary>Finds where a setting comes from.</summary>
internal static class SettingSource
{
    /// <returns>One of <see cref="SettingsFiles.Sources"/>; <see langword="null"/> if no source has the setting, or only a blank text.</returns>
    public static string? Find(IConfigurationRoot configuration, string name) => FindKey(configuration, KeyOf(name))
        ?? (SecretFiles.Names.Contains(name) ? FindKey(configuration, name + SecretFiles.Suffix) : null);

    /// <summary>All names of a source that have a value, as the source writes them but for <c>__</c>.</summary>
    public static IEnumerable<(string Name, string Source)> All(IConfigurationRoot configuration) =>
        configuration.Providers.SelectMany((provider, index) => Keys(provider, null).Select(name => (name, SettingsFiles.Sources[index])));

    private static string? FindKey(IConfigurationRoot configuration, string key)
    {
        IConfigurationProvider[] providers = [.. configuration.Providers];
        int index = Array.FindLastIndex(providers, provider => provider.TryGet(key, out _));
        return index >= 0 && providers[index].TryGet(key, out string? text) && !string.IsNullOrWhiteSpace(text) ? SettingsFiles.Sources[index] : null;
    }

    private static string KeyOf(string name) => name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);

    private static IEnumerable<string> Keys(IConfigurationProvider provider, string? parent)
    {
        foreach (string child in provider.GetChildKeys([], parent).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            string key = parent is null ? child : ConfigurationPath.Combine(parent, child);
            if (provider.TryGet(key, out string? text) && !string.IsNullOrWhiteSpace(text))
            {
                yield return key.Replace(ConfigurationPath.KeyDelimiter, "__", StringComparison.Ordinal);
            }

            foreach (string below in Keys(provider, key))
            {
                yield return below;
            }
        }
    }
}
