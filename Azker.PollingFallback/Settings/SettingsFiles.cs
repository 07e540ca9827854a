using DotNetEnv;
using Microsoft.Extensions.Configuration;
using Sprache;

namespace Azker.PollingFallback.Settings;

/// <summary>Where settings come from: the environment, before <c>.env</c>, before the Values of <c>local.settings.json</c>.</summary>
internal static class SettingsFiles
{
    /// <exception cref="SettingsFileException">A file is there and cannot be read.</exception>
    public static IConfigurationRoot Read(string directory) => new ConfigurationBuilder()
        .AddInMemoryCollection(LocalSettings(Path.Combine(directory, "local.settings.json")))
        .AddInMemoryCollection(DotEnv(Path.Combine(directory, ".env")))
        .AddEnvironmentVariables()
        .Build();

    private static IEnumerable<KeyValuePair<string, string?>> LocalSettings(string path)
    {
        try
        {
            IConfigurationRoot file = new ConfigurationBuilder().AddJsonFile(path, optional: true).Build();
            return [.. file.GetSection("Values").AsEnumerable(makePathsRelative: true).Select(setting => Setting(setting.Key, setting.Value))];
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsFileException(path, error.InnerException?.InnerException?.Message ?? "it is not well-formed JSON, or there is no right to read it", error);
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>> DotEnv(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            return [.. Env.NoEnvVars().Load(path).GroupBy(setting => setting.Key).Select(same => Setting(same.Key, same.Last().Value))];
        }
        catch (ParseException error)
        {
            throw new SettingsFileException(path, $"line {error.Position.Line} is not of the form NAME=value", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SettingsFileException(path, "there is no right to read it", error);
        }
    }

    /// <summary>As the environment's own provider does it: a colon is what no environment variable's name can have.</summary>
    private static KeyValuePair<string, string?> Setting(string name, string? value) =>
        new(name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), value);
}
