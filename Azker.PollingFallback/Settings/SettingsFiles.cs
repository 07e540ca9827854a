using DotNetEnv;
using Microsoft.Extensions.Configuration;
using Sprache;

namespace Azker.PollingFallback.Settings;

/// <summary>Reads the settings from the environment, <c>.env</c> and the Values of <c>local.settings.json</c>, in this order of precedence.</summary>
internal static class SettingsFiles
{
    /// <exception cref="SettingsFileException">A file exists and cannot be read.</exception>
    public static IConfigurationRoot Read(string directory) => new ConfigurationBuilder()
        .AddInMemoryCollection(PlatformPort.Settings(Environment.GetEnvironmentVariable))
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
            throw new SettingsFileException(path, error.InnerException?.InnerException?.Message ?? "it is not well-formed JSON, or this user may not read it", error);
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
            throw new SettingsFileException(path, "this user may not read it", error);
        }
    }

    /// <summary>Replaces <c>__</c> by a colon, as .NET does for environment variables, whose names cannot have a colon.</summary>
    private static KeyValuePair<string, string?> Setting(string name, string? value) =>
        new(name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), value);
}
