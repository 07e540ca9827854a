namespace Azker.PollingFallback.Settings;

/// <summary>A settings file cannot be read. Its message has none of the file's text, which may be a secret.</summary>
internal sealed class SettingsFileException(string path, string wrong, Exception innerException)
    : Exception($"The settings file {path} cannot be read: {wrong}.", innerException);
