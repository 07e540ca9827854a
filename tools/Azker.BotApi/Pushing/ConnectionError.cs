using System.Net.Sockets;
using System.Security.Authentication;

namespace Azker.BotApi.Pushing;

/// <summary>The texts that getWebhookInfo shows for failed connections.</summary>
internal static class ConnectionError
{
    public const string ReadTimeout = "Read timeout expired";
    public const string WriteTimeout = "Write timeout expired";

    /// <summary>The text, or null when the webhook closed the connection in order, which the Bot API server does not record.</summary>
    public static string? TextOf(Exception exception) => exception switch
    {
        WebhookFault => exception.Message,
        SocketException socket => TextOf(socket),
        IOException { InnerException: SocketException socket } => TextOf(socket),
        AuthenticationException => $"SSL error {{{exception.GetBaseException().Message}}}",
        IOException => null,
        _ => $"{exception.GetType().Name}: {exception.Message}",
    };

    private static string TextOf(SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "Connection refused",
        SocketError.TimedOut => "Connection timed out",
        SocketError.ConnectionReset => "Connection reset by peer",
        SocketError.HostUnreachable => "No route to host",
        SocketError.NetworkUnreachable => "Network is unreachable",
        _ => exception.Message,
    };
}
