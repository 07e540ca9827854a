using System.Globalization;

namespace Azker.Core.Configuration.Settings;

/// <summary>The fault of a certificate, as the words that follow its name.</summary>
/// <param name="Text">The name of the text.</param>
/// <param name="Bytes">The size of the certificate.</param>
internal sealed record CertificateFault(string Text, long Bytes = 0)
{
    /// <summary>The fault for a log and for an exception.</summary>
    public string InEnglish => In(CultureInfo.InvariantCulture);

    /// <summary>The fault in the language of the setting faults.</summary>
    public override string ToString() => In(SettingTexts.Culture);

    private string In(CultureInfo? culture) => string.Format(
        CultureInfo.InvariantCulture, SettingTexts.ResourceManager.GetString(Text, culture)!, Bytes, WebhookCertificate.MaxBytes);
}
