using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Azker.Core.Configuration;
using Azker.PollingFallback.Language;

namespace Azker.PollingFallback.Diagnosis;

/// <summary>Connects to one address of a server, with TLS for an https URL.</summary>
/// <param name="url">The URL of the server.</param>
/// <param name="certificate">The only certificate that is trusted; <see langword="null"/> for those of public authorities.</param>
internal sealed class ConnectionCheck(Uri url, WebhookCertificate? certificate)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Certificates are renewed a month before their end; two weeks before, a renewal has failed.</summary>
    private static readonly TimeSpan ExpiresSoon = TimeSpan.FromDays(14);

    public async Task<Finding> RunAsync(IPAddress address, CancellationToken cancellationToken)
    {
        string place = $"{new IPEndPoint(address, url.Port)}";
        using var timeout = new CancellationTokenSource(Limit, TimeProvider.System);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(new IPEndPoint(address, url.Port), limit.Token);
            return url.Scheme == Uri.UriSchemeHttps
                ? await CheckTlsAsync(socket, place, limit.Token)
                : Finding.Ok("webhook-connection", Texts.FormatCheckConnected(place));
        }
        catch (Exception error) when (error is SocketException or IOException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            string why = error is OperationCanceledException ? Texts.FormatNoAnswer(Limit.TotalSeconds) : error.Message;
            return Finding.Problem("webhook-connection", Texts.FormatCheckNotConnected(place, why), Texts.CheckConnectionRemedy);
        }
    }

    private async Task<Finding> CheckTlsAsync(Socket socket, string place, CancellationToken cancellationToken)
    {
        var fault = SslPolicyErrors.None;
        string chainFault = "";
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = url.IdnHost,
            CertificateChainPolicy = certificate?.ToTrust(),
            RemoteCertificateValidationCallback = (_, _, chain, errors) =>
            {
                (fault, chainFault) = (errors, string.Join(" ", chain?.ChainStatus.Select(status => status.StatusInformation) ?? []));
                return true;
            },
        };
        await using var tls = new SslStream(new NetworkStream(socket, ownsSocket: false));
        try
        {
            await tls.AuthenticateAsClientAsync(options, cancellationToken);
        }
        catch (AuthenticationException error)
        {
            return Finding.Problem("webhook-tls", Texts.FormatCheckTlsFailed(place, error.Message), Texts.CheckTlsRemedy);
        }

        return fault == SslPolicyErrors.None
            ? CheckExpiry(place, new X509Certificate2(tls.RemoteCertificate!).NotAfter)
            : Finding.Problem("webhook-tls", Texts.FormatCheckTlsFailed(place, $"{fault} {chainFault}".Trim()), Texts.CheckTlsRemedy);
    }

    private static Finding CheckExpiry(string place, DateTime notAfter)
    {
        string end = notAfter.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return notAfter.ToUniversalTime() - TimeProvider.System.GetUtcNow().UtcDateTime < ExpiresSoon
            ? Finding.Warning("webhook-tls", Texts.FormatCheckTlsOk(place, end), Texts.CheckTlsRenew)
            : Finding.Ok("webhook-tls", Texts.FormatCheckTlsOk(place, end));
    }
}
