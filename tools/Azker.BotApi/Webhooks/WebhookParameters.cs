using System.Net;
using System.Security.Cryptography.X509Certificates;
using Azker.BotApi.Requests;

namespace Azker.BotApi.Webhooks;

/// <summary>The settings of a setWebhook. An empty <paramref name="Url"/> means no webhook.</summary>
internal sealed record WebhookParameters(string Url, byte[]? Certificate, int MaxConnections, string FixedAddress, string SecretToken)
{
    public const int MaxCertificateBytes = 3 << 20;

    public static WebhookParameters None { get; } = new("", null, 0, "", "");

    public static WebhookParameters From(ApiCall call, bool isLocal)
    {
        RequestArguments arguments = call.Arguments;
        if (call.Method != "setwebhook" || arguments["url"].Length == 0)
        {
            return None;
        }

        (int defaultConnections, int maxConnections) = isLocal ? (100, 100_000) : (40, 100);
        return new WebhookParameters(
            arguments["url"],
            FindCertificate(arguments)?.Content,
            arguments.Integer("max_connections", defaultConnections, 1, maxConnections),
            arguments["ip_address"],
            arguments["secret_token"]);
    }

    /// <summary>The first error that the Bot API server finds before it resolves the host, or null.</summary>
    public string? FindFault()
    {
        if (WebhookUrl.Parse(Url) is null)
        {
            return "invalid webhook URL specified";
        }

        if (System.Text.Encoding.UTF8.GetByteCount(SecretToken) > 256)
        {
            return "secret token is too long";
        }

        if (!SecretToken.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
        {
            return "secret token contains unallowed characters";
        }

        return Certificate?.Length > MaxCertificateBytes ? $"certificate size is too big ({Certificate.Length} bytes)" : null;
    }

    /// <summary>Whether a setWebhook with these settings changes nothing.</summary>
    public bool IsSameAs(WebhookParameters other) => Certificate is null && this == other;

    /// <summary>The reason against the connection that needs no address, or null.</summary>
    public static string? CheckScheme(WebhookUrl url, bool isLocal) => (isLocal, url) switch
    {
        (true, _) => null,
        (_, { IsHttps: false }) => "An HTTPS URL must be provided for webhook",
        (_, { Port: not (80 or 88 or 443 or 8443) }) => "Webhook can be set up only on ports 80, 88, 443 or 8443",
        _ => null,
    };

    public string? CheckCertificate()
    {
        if (Certificate is null)
        {
            return null;
        }

        try
        {
            return LoadCertificate()!.Count > 0 ? null : "Failed to set custom certificate file{no certificate found}";
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return "Failed to set custom certificate file{bad certificate}";
        }
    }

    /// <exception cref="System.Security.Cryptography.CryptographicException">The certificate is not well-formed.</exception>
    public X509Certificate2Collection? LoadCertificate()
    {
        if (Certificate is null)
        {
            return null;
        }

        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(System.Text.Encoding.UTF8.GetString(Certificate));
        return certificates;
    }

    public IPAddress? ParseFixedAddress() => IPAddress.TryParse(FixedAddress, out IPAddress? address) ? address : null;

    private static UploadedFile? FindCertificate(RequestArguments arguments)
    {
        const string attach = "attach://";
        string named = arguments["certificate"];
        return arguments.File("certificate")
            ?? (named.StartsWith(attach, StringComparison.Ordinal) ? arguments.File(named[attach.Length..]) : null);
    }
}
