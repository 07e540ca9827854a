using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Azker.Core.Configuration;
using Azker.PollingFallback.Language;

namespace Azker.PollingFallback.Diagnosis;

/// <summary>
/// Checks the certificate that Telegram gets for the webhook. The validation of the settings has checked that it is PEM without a
/// private key; its file may have changed since.
/// </summary>
internal static class WebhookCertificateCheck
{
    private const string Check = "webhook-certificate";

    private static readonly TimeSpan ExpiresSoon = TimeSpan.FromDays(14);

    public static Finding Run(WebhookCertificate configured, Uri? url, TimeProvider time)
    {
        WebhookCertificate latest = configured.Latest(out string? fault);
        if (fault is not null)
        {
            return Finding.Problem(Check, Texts.FormatCheckCertificateFile(fault), Texts.CheckCertificateFileRemedy);
        }

        using X509Certificate2 certificate = latest.ToTrust().CustomTrustStore[0];
        DateTime now = time.GetUtcNow().UtcDateTime;
        DateTime end = certificate.NotAfter.ToUniversalTime();
        return certificate.NotBefore.ToUniversalTime() > now ? Finding.Problem(Check, Texts.FormatCheckCertificateEarly(Day(certificate.NotBefore)), Texts.CheckCertificateRenew)
            : end <= now ? Finding.Problem(Check, Texts.FormatCheckCertificateExpired(Day(end)), Texts.CheckCertificateRenew)
            : url is not null && !certificate.MatchesHostname(url.IdnHost) ? Finding.Problem(Check, Texts.FormatCheckCertificateName(certificate.Subject, url.IdnHost), Texts.CheckCertificateNameRemedy)
            : end - now < ExpiresSoon ? Finding.Warning(Check, Texts.FormatCheckCertificateOk(Day(end)), Texts.CheckCertificateRenew)
            : Finding.Ok(Check, Texts.FormatCheckCertificateOk(Day(end)));
    }

    private static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
