using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Azker.Core.Configuration;

namespace Azker.Core.Webhook;

/// <summary>
/// The secret that Telegram sends with every webhook request. Its text form is masked; only <see cref="Reveal"/> gives
/// the real one.
/// </summary>
internal sealed class SecretToken
{
    private const int MaxLength = 256;

    private readonly string _value;
    private readonly byte[] _digest;
    private readonly byte[]? _previousDigest;

    private SecretToken(string value, string? previous, string fingerprint)
    {
        _value = value;
        _digest = SHA256.HashData(Encoding.UTF8.GetBytes(value));
        _previousDigest = previous is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(previous));
        Fingerprint = fingerprint;
    }

    /// <summary>
    /// What tells this secret from another, in records: 16 hexadecimal digits that lead back to the secret only for who has
    /// the bot's token.
    /// </summary>
    public string Fingerprint { get; }

    /// <summary>
    /// Takes <c>WEBHOOK_SECRET</c>, or derives a secret from the bot's token, which gives the same one in all instances.
    /// <c>WEBHOOK_SECRET_PREVIOUS</c> is accepted as well.
    /// </summary>
    /// <param name="webhook">The settings of the webhook.</param>
    /// <param name="token">The bot's token.</param>
    /// <returns>The secret.</returns>
    public static SecretToken Create(WebhookOptions webhook, BotToken token)
    {
        string value = webhook.Secret ?? Base64Url.EncodeToString(Webhook.Fingerprint.Hmac(token, "azker/webhook-secret/1"));
        return new SecretToken(value, webhook.PreviousSecret, Webhook.Fingerprint.Of(token, "webhook-secret", value));
    }

    /// <summary>Checks what a request brought, in a time that does not depend on how wrong it is.</summary>
    /// <param name="headerValues">All values of <see cref="WebhookRequest.SecretTokenHeader"/>, one for each header; empty when there was none.</param>
    /// <returns>Whether there is exactly one value, and it is the secret or the previous one.</returns>
    public bool Matches(IReadOnlyList<string> headerValues)
    {
        string candidate = headerValues is [{ Length: <= MaxLength } single] ? single : "";
        Span<byte> bytes = stackalloc byte[MaxLength * 3];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(candidate, bytes)], digest);
        bool isCurrent = CryptographicOperations.FixedTimeEquals(digest, _digest);
        bool isPrevious = CryptographicOperations.FixedTimeEquals(digest, _previousDigest ?? _digest);
        return isCurrent | isPrevious;
    }

    /// <summary>The secret itself, for <c>setWebhook</c>. Never put it into a log, a message, a record or an exception.</summary>
    /// <returns>1-256 of <c>A-Z a-z 0-9 _ -</c>.</returns>
    public string Reveal() => _value;

    /// <summary>The secret, masked.</summary>
    /// <returns><c>***</c>.</returns>
    public override string ToString() => "***";
}
