using System.Net.Http.Headers;
using System.Text.Json.Serialization;
using Telegram.Bot.Requests;

namespace Azker.Core.Webhook.Registration;

/// <summary><c>setWebhook</c>. Its properties are the method's parameters; a certificate makes it a multipart request.</summary>
internal sealed class RegisterWebhookRequest(ReadOnlyMemory<byte>? certificate) : RequestBase<bool>("setWebhook")
{
    public required string Url { get; init; }

    public required string SecretToken { get; init; }

    public required int MaxConnections { get; init; }

    public required IReadOnlyList<string> AllowedUpdates { get; init; }

    public string? IpAddress { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DropPendingUpdates { get; init; }

    public override HttpContent? ToHttpContent() => certificate is { } pem ? Multipart(pem) : base.ToHttpContent();

    private MultipartFormDataContent Multipart(ReadOnlyMemory<byte> pem)
    {
        var file = new ReadOnlyMemoryContent(pem);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/x-pem-file");
        var content = new MultipartFormDataContent
        {
            { new StringContent(Url), "url" },
            { new StringContent(SecretToken), "secret_token" },
            { new StringContent(FormattableString.Invariant($"{MaxConnections}")), "max_connections" },
            { new StringContent($"[{string.Join(',', AllowedUpdates.Select(kind => $"\"{kind}\""))}]"), "allowed_updates" },
            { file, "certificate", "certificate.pem" },
        };
        if (IpAddress is not null)
        {
            content.Add(new StringContent(IpAddress), "ip_address");
        }

        if (DropPendingUpdates)
        {
            content.Add(new StringContent("true"), "drop_pending_updates");
        }

        return content;
    }
}
