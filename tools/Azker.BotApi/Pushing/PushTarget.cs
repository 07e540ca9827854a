using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Azker.BotApi.Updates;
using Azker.BotApi.Webhooks;

namespace Azker.BotApi.Pushing;

/// <summary>The address of a webhook and the content of each request to it.</summary>
internal sealed record PushTarget(WebhookParameters Settings, WebhookUrl Url, IPEndPoint EndPoint)
{
    /// <summary>The uploaded certificate, the only trusted one. Without it, null, the certificates of the system are trusted.</summary>
    public X509Certificate2Collection? Trusted { get; } = Url.IsHttps ? Settings.LoadCertificate() : null;

    /// <summary>The complete request: the headers of the Bot API server, in its order, and the body.</summary>
    public byte[] Request(QueuedUpdate update)
    {
        byte[] body = UpdateFragment.ToWire(update.Id, update.Fragment);
        StringBuilder head = new StringBuilder()
            .Append($"POST {Url.PathAndQuery} HTTP/1.1\r\n")
            .Append($"Host: {Url.Host}{(Url.Port is 443 or 80 ? "" : $":{Url.Port}")}\r\n");
        if (Url.UserInfo is not null)
        {
            head.Append($"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(Url.UserInfo))}\r\n");
        }

        if (Settings.SecretToken.Length > 0)
        {
            head.Append($"X-Telegram-Bot-Api-Secret-Token: {Settings.SecretToken}\r\n");
        }

        head.Append($"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n")
            .Append("Connection: keep-alive\r\nAccept-Encoding: gzip, deflate\r\n\r\n");
        return [.. Encoding.UTF8.GetBytes(head.ToString()), .. body];
    }
}
