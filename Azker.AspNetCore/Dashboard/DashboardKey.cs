using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Azker.AspNetCore.Dashboard;

/// <summary>The key of the dashboard, and the cookies that prove that it was entered. Every comparison takes constant time.</summary>
internal sealed class DashboardKey(string key, TimeProvider timeProvider)
{
    /// <summary>How long a person need not enter the key again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly byte[] _digest = SHA256.HashData(Encoding.UTF8.GetBytes(key));
    private readonly byte[] _cookieKey = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), "azker/dashboard-cookie/1"u8);

    /// <summary>Makes a key of 128 random bits.</summary>
    public static string Generate() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    public bool Matches(string candidate) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(candidate)), _digest);

    /// <summary>Makes the value of a cookie: its end, and a signature of the end. No instance has to remember it.</summary>
    public string CreateCookie()
    {
        string end = (timeProvider.GetUtcNow() + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{end}.{Sign(end)}";
    }

    public bool IsValid(string cookie)
    {
        string[] parts = cookie.Split('.');
        return parts is [var end, var signature]
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(Sign(end)))
            && long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            && timeProvider.GetUtcNow().ToUnixTimeSeconds() < seconds;
    }

    private string Sign(string end) => Convert.ToHexStringLower(HMACSHA256.HashData(_cookieKey, Encoding.UTF8.GetBytes(end)));
}
