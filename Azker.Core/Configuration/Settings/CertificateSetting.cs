namespace Azker.Core.Configuration.Settings;

/// <summary>The path of the webhook's certificate.</summary>
internal sealed class CertificateSetting()
    : TypedSetting<WebhookCertificate?>(SettingNames.WebhookCertificate, options => options.Webhook.Certificate)
{
    protected override WebhookCertificate? Parse(string text, AzkerOptions options, out SettingFault? fault)
    {
        WebhookCertificate? certificate = WebhookCertificate.TryRead(text, out CertificateFault? wrong, out _);
        fault = wrong is null
            ? null
            : new SettingFault(SettingTexts.FormatCertificateFault(text, wrong), SettingTexts.GiveCertificate);
        return certificate;
    }
}
