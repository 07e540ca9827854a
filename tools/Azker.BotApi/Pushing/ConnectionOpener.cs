using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Azker.BotApi.Pushing;

/// <summary>Opens the TCP connection to a webhook, with TLS for https.</summary>
internal static class ConnectionOpener
{
    private const string VerifyFailed = "SSL error {error:0A000086:SSL routines::certificate verify failed}";

    public static async Task<Stream> OpenAsync(PushTarget target, CancellationToken cancellationToken)
    {
        if (!IPAddress.IsLoopback(target.EndPoint.Address))
        {
            // The stand-in calls only this machine. Any other address never answers.
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target.EndPoint, cancellationToken);
            var stream = new NetworkStream(socket, ownsSocket: true);
            return target.Url.IsHttps ? await SecureAsync(target, stream, cancellationToken) : stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> SecureAsync(PushTarget target, Stream stream, CancellationToken cancellationToken)
    {
        var check = new CertificateCheck(target.Url.Host.Trim('[', ']'), target.Trusted);
        var secured = new SslStream(stream);
        try
        {
            await secured.AuthenticateAsClientAsync(check.Options, cancellationToken);
            return secured;
        }
        catch (AuthenticationException) when (check.HasRefused)
        {
            throw new WebhookFault(VerifyFailed);
        }
    }
}
