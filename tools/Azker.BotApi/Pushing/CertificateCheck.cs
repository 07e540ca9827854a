using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Azker.BotApi.Pushing;

/// <summary>Whether a webhook's certificate is good: for its host, and trusted by the system or by the certificate that was uploaded.</summary>
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

    /// <summary>With an uploaded certificate a host is looked for among the names only, even where it is an address.</summary>
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
