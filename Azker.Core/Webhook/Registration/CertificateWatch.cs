using Azker.Core.Configuration;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Webhook.Registration;

/// <summary>
/// Takes over a certificate that has been renewed in its file, before each check of the webhook. A mounted volume sends no notice of a
/// change, so the file is read again.
/// </summary>
internal sealed partial class CertificateWatch(WebhookOptions webhook, ILogger<CertificateWatch> logger)
{
    private string? _lastFault;

    /// <summary>Reads the file. A faulty file changes nothing, and is logged once.</summary>
    public void Refresh()
    {
        if (webhook.Certificate is not { } certificate)
        {
            return;
        }

        WebhookCertificate latest = certificate.Latest(out string? fault);
        if (latest != certificate)
        {
            webhook.Certificate = latest;
            Log.Renewed(logger);
        }

        if (fault is not null && fault != _lastFault)
        {
            Log.Faulty(logger, fault);
        }

        _lastFault = fault;
    }

    private static partial class Log
    {
        [LoggerMessage(3121, LogLevel.Information, "The certificate of the webhook has changed in its file.")]
        public static partial void Renewed(ILogger logger);

        [LoggerMessage(3122, LogLevel.Warning, "{Fault} The registered certificate stays in use.")]
        public static partial void Faulty(ILogger logger, string fault);
    }
}
