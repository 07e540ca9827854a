namespace Azker.Core.Configuration.Settings;

/// <summary>The path of the webhook's certificate.</summary>
internal sealed class CertificateSetting()
    : TypedSetting<WebhookCertificate?>(SettingNames.WebhookCertificate, options => options.Webhook.Certificate)
{
    protected override WebhookCertificate? Parse(string text, AzkerOptions options, out SettingFault? fault)
    {
        WebhookCertificate? certificate = WebhookCertificate.TryRead(text, out string? wrong, out _);
        fault = wrong is null
            ? null
            : new SettingFault($"'{text}' {wrong}", "give the path of the certificate alone, as PEM, or leave it out when a public authority has signed it");
        return certificate;
    }
}
