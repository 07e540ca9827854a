using Azker.PollingFallback.Language;
using Microsoft.Extensions.Configuration;

namespace Azker.PollingFallback.Settings;

/// <summary>Reads the settings from the environment, <c>.env</c> and the Values of <c>local.settings.json</c>, in this order of precedence.</summary>
internal static class SettingsFiles
{
    private const string DotEnvName = ".env";
    private const string LocalSettingsName = "local.settings.json";

    /// <summary>Says which files a directory has, for a user who looks for a setting.</summary>
    public static string Describe(string directory)
    {
        string[] there = [.. new[] { DotEnvName, LocalSettingsName }.Where(name => File.Exists(Path.Combine(directory, name)))];
        return there.Length == 0
            ? Texts.FormatFilesNone(directory, DotEnvName, LocalSettingsName)
            : Texts.FormatFilesRead(string.Join(", ", there), directory);
    }

    /// <summary>The names of the sources, in the order in which <see cref="Read"/> adds them: a later source wins.</summary>
    public static IReadOnlyList<string> Sources { get; } = ["platform", LocalSettingsName, DotEnvName, "environment"];

    /// <exception cref="SettingsFileException">A file exists and cannot be read.</exception>
    public static IConfigurationRoot Read(string directory) => new ConfigurationBuilder()
        .AddInMemoryCollection(PlatformPort.Settings(Environment.GetEnvironmentVariable))
        .AddInMemoryCollection(LocalSettings(Path.Combine(directory, LocalSettingsName)))
        .AddInMemoryCollection(DotEnv(Path.Combine(directory, DotEnvName)))
        .AddEnvironmentVariables()
        .Build();

    /// <summary>Reads single settings before a command runs. A file that cannot be read is left to the command.</summary>
    public static Func<string, string?> Lookup(string directory)
    {
        try
        {
            IConfigurationRoot configuration = Read(directory);
            return name => configuration[name];
        }
        catch (SettingsFileException)
        {
            return Environment.GetEnvironmentVariable;
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>> LocalSettings(string path)
    {
        try
        {
            IConfigurationRoot file = new ConfigurationBuilder().AddJsonFile(path, optional: true).Build();
            return [.. LastOfEach(file.GetSection("Values").AsEnumerable(makePathsRelative: true).Select(setting => Setting(setting.Key, setting.Value)))];
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsFileException(path, error.InnerException?.InnerException?.Message ?? Texts.SettingsFileNotJson, error);
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
            return
            [
                .. LastOfEach(DotEnvFile.Parse(File.ReadAllText(path)).Select(setting => Setting(setting.Key, setting.Value))),
            ];
        }
        catch (FormatException error)
        {
            throw new SettingsFileException(path, error.Message, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SettingsFileException(path, Texts.SettingsFileForbidden, error);
        }
    }

    /// <summary>A name may come in two cases, and with <c>__</c> and a colon. For .NET it is one name.</summary>
    private static IEnumerable<KeyValuePair<string, string?>> LastOfEach(IEnumerable<KeyValuePair<string, string?>> settings) =>
        settings.GroupBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase).Select(same => same.Last());

    /// <summary>Replaces <c>__</c> by a colon, as .NET does for environment variables, whose names cannot have a colon.</summary>
    private static KeyValuePair<string, string?> Setting(string name, string? value) =>
        new(name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), value);
}
