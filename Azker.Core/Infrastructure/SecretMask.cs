namespace Azker.Core.Infrastructure;

/// <summary>Masks secrets in a text from outside Azker, such as the message of a handler's exception.</summary>
internal sealed class SecretMask
{
    private const string Masked = "***";

    /// <summary>The longest secret first, since a secret may be a part of another secret.</summary>
    private readonly string[] _secrets;

    public SecretMask(IEnumerable<string?> secrets) => _secrets =
    [
        .. secrets.Where(secret => !string.IsNullOrEmpty(secret))
            .SelectMany(secret => new[] { secret!, Uri.EscapeDataString(secret!) })
            .Distinct()
            .OrderByDescending(secret => secret.Length),
    ];

    public string Apply(string text) =>
        _secrets.Aggregate(text, (masked, secret) => masked.Replace(secret, Masked, StringComparison.Ordinal));
}
