using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Azker.BotApi.Pushing;

/// <summary>
/// Decides whether a webhook's certificate is valid for its host and is trusted by the system or by the uploaded certificate.
/// </summary>
internal sealed class CertificateCheck(string host, X509Certificate2Collection? trusted)
{
    public bool HasRefused { get; private set; }

    public SslClientAuthenticationOptions Options => new()
    {
        TargetHost = host,
        CertificateChainPolicy = Policy(),
        RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
        {
            HasRefused = !IsGood((X509Certificate2?)certificate, errors);
            return !HasRefused;
        },
    };

    private X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (trusted is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(trusted);
        }

        return policy;
    }

    private bool IsGood(X509Certificate2? certificate, SslPolicyErrors errors) => trusted is null
        ? errors == SslPolicyErrors.None
        : certificate is not null && (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None && Names(certificate);

    /// <summary>
    /// With an uploaded certificate, the host must be among the DNS names of the certificate, also when the host is an IP address.
    /// </summary>
    private bool Names(X509Certificate2 certificate)
    {
        string[] names = [.. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(names => names.EnumerateDnsNames())];
        return (names.Length > 0 ? names : [certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)]).Any(Matches);
    }

    private bool Matches(string name)
    {
        int dot = host.IndexOf('.', StringComparison.Ordinal);
        return name.Equals(host, StringComparison.OrdinalIgnoreCase)
            || (dot > 0 && name.StartsWith("*.", StringComparison.Ordinal)
                && host.AsSpan(dot).Equals(name.AsSpan(1), StringComparison.OrdinalIgnoreCase));
    }
}
