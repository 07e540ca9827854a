using Microsoft.Extensions.Configuration;

namespace Azker.Core.Configuration.Settings;

/// <summary>
/// Reads secrets from files, as Docker and Kubernetes provide them: <c>TELEGRAM_BOT_TOKEN_FILE</c> has the path of the file with the value of
/// <c>TELEGRAM_BOT_TOKEN</c>.
/// </summary>
internal static class SecretFiles
{
    public const string Suffix = "_FILE";

    /// <summary>No secret is longer; a larger file is another file.</summary>
    private const int MaxLength = 16 * 1024;

    /// <summary>The settings that may come from a file.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [SettingNames.TelegramBotToken, SettingNames.WebhookSecret, SettingNames.WebhookSecretPrevious, SettingNames.TelegramProxy, SettingNames.DashboardKey];

    /// <summary>Reads the text of a setting, from its file if the configuration names one.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="name">The name of the setting.</param>
    /// <param name="text">The text, without white space at its ends; empty when the setting is not set.</param>
    /// <returns>The fault of a file, or of a setting that has a value and a file.</returns>
    public static SettingFault? Read(IConfiguration configuration, string name, out string text)
    {
        text = Value(configuration, name);
        string path = Names.Contains(name) ? Value(configuration, name + Suffix) : "";
        return path.Length == 0 ? null
            : text.Length > 0 ? new SettingFault(SettingTexts.FormatSetTwice(name + Suffix), SettingTexts.KeepOne)
            : ReadFile(name, path, out text);
    }

    private static string Value(IConfiguration configuration, string name) =>
        configuration[name.Replace("__", ":", StringComparison.Ordinal)]?.Trim() ?? "";

    private static SettingFault? ReadFile(string name, string path, out string text)
    {
        text = "";
        try
        {
            if (new FileInfo(path).Length <= MaxLength)
            {
                text = File.ReadAllText(path).Trim();
                return text.Length > 0 ? null : Fault(SettingTexts.FormatSecretFileEmpty);
            }

            return Fault(SettingTexts.FormatSecretFileTooLarge);
        }
        catch (UnauthorizedAccessException)
        {
            return Fault(SettingTexts.FormatSecretFileForbidden);
        }
        catch (Exception error) when (error is IOException or ArgumentException or NotSupportedException)
        {
            return Fault(SettingTexts.FormatSecretFileMissing);
        }

        SettingFault Fault(Func<object?, object?, string> wrong) => new(wrong(path, name + Suffix), SettingTexts.GiveSecretFile);
    }
}
