using System.Security.Cryptography;

namespace Azker.Demo;

/// <summary>A bot that only the stand-in knows.</summary>
internal sealed record DemoBot(long Id, string Token)
{
    private const int SecretLength = 35;
    private const string SecretCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

    public static DemoBot Create()
    {
        long id = RandomNumberGenerator.GetInt32(100_000_000, 1_000_000_000);
        return new DemoBot(id, $"{id}:{RandomNumberGenerator.GetString(SecretCharacters, SecretLength)}");
    }
}
