using Azker.PollingFallback.Language;

namespace Azker.PollingFallback.Settings;

/// <summary>A settings file cannot be read; the message quotes no text of the file, which may be a secret.</summary>
internal sealed class SettingsFileException(string path, string wrong, Exception innerException)
    : Exception(Texts.FormatFaultSettingsFile(path, wrong), innerException);
