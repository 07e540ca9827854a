using System.Security.Cryptography;
using System.Text;
using Azker.Core.Configuration;

namespace Azker.Core.Webhook;

/// <summary>Makes fingerprints of secret texts for records: a fingerprint leads back to its text only with the bot's token.</summary>
internal static class Fingerprint
{
    private const int Bytes = 8;

    /// <param name="token">The bot's token.</param>
    /// <param name="purpose">The kind of the text, so that equal texts of two kinds have different fingerprints.</param>
    /// <param name="text">The text.</param>
    /// <returns>16 hexadecimal digits.</returns>
    public static string Of(BotToken token, string purpose, string text) =>
        Convert.ToHexStringLower(Hmac(token, $"azker/{purpose}-fingerprint/1/{text}").AsSpan(0, Bytes));

    public static byte[] Hmac(BotToken token, string text) =>
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(token.Reveal()), Encoding.UTF8.GetBytes(text));
}
