namespace Azker.PollingFallback.Settings;

/// <summary>A settings file cannot be read; the message quotes no text of the file, which may be a secret.</summary>
internal sealed class SettingsFileException(string path, string wrong, Exception innerException)
    : Exception($"The settings file {path} cannot be read: {wrong}. Correct the file, or delete it.", innerException);
