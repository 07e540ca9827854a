using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Azker.Core.Configuration;

namespace Azker.Core.Webhook;

/// <summary>
/// The secret that Telegram sends with every webhook request. <see cref="ToString"/> masks it; only <see cref="Reveal"/>
/// returns it.
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
    /// Identifies this secret in records: 16 hexadecimal digits, which lead back to the secret only with the bot's token.
    /// </summary>
    public string Fingerprint { get; }

    /// <summary>
    /// Takes <c>WEBHOOK_SECRET</c>, or derives a secret from the bot's token, so that all instances have the same secret.
    /// <c>WEBHOOK_SECRET_PREVIOUS</c> is accepted too.
    /// </summary>
    /// <param name="webhook">The settings of the webhook.</param>
    /// <param name="token">The bot's token.</param>
    /// <returns>The secret.</returns>
    public static SecretToken Create(WebhookOptions webhook, BotToken token)
    {
        string value = webhook.Secret ?? Base64Url.EncodeToString(Webhook.Fingerprint.Hmac(token, "azker/webhook-secret/1"));
        return new SecretToken(value, webhook.PreviousSecret, Webhook.Fingerprint.Of(token, "webhook-secret", value));
    }

    /// <summary>Checks the secret of a request, in a time that does not depend on the difference.</summary>
    /// <param name="headerValues">All values of <see cref="WebhookRequest.SecretTokenHeader"/>, one for each header; empty if there is none.</param>
    /// <returns>Whether there is exactly one value, and it equals the secret or the previous secret.</returns>
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

    /// <summary>Returns the secret itself, for <c>setWebhook</c>. Never put it into a log, a message, a record or an exception.</summary>
    /// <returns>1 to 256 characters of <c>A-Z a-z 0-9 _ -</c>.</returns>
    public string Reveal() => _value;

    /// <summary>Masks the secret.</summary>
    /// <returns><c>***</c>.</returns>
    public override string ToString() => "***";
}
