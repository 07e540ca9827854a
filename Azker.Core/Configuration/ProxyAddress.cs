using System.Net;
using System.Text;

namespace Azker.Core.Configuration;

/// <summary>Splits the URL of a proxy into its address and its credentials.</summary>
internal static class ProxyAddress
{
    private const UriComponents Plain = UriComponents.SchemeAndServer;

    /// <summary>Makes a proxy whose address has no credentials, because the exceptions of .NET show the address.</summary>
    public static WebProxy ToProxy(Uri proxy) => new(Show(proxy))
    {
        Credentials = proxy.UserInfo.Length > 0 ? CredentialOf(proxy) : null,
    };

    /// <summary>The URL without user name and password.</summary>
    public static string Show(Uri proxy) => proxy.GetComponents(Plain, UriFormat.UriEscaped);

    /// <summary>The texts that must not appear in any output: the credentials, as they are and as they are sent.</summary>
    public static IEnumerable<string?> SecretsOf(Uri proxy)
    {
        if (!proxy.IsAbsoluteUri || proxy.UserInfo.Length == 0)
        {
            return [];
        }

        NetworkCredential credential = CredentialOf(proxy);
        string both = $"{credential.UserName}:{credential.Password}";
        return [proxy.UserInfo, both, Convert.ToBase64String(Encoding.UTF8.GetBytes(both)), credential.Password, PasswordOf(proxy)];
    }

    private static NetworkCredential CredentialOf(Uri proxy) =>
        new(Uri.UnescapeDataString(proxy.UserInfo.Split(':', 2)[0]), Uri.UnescapeDataString(PasswordOf(proxy)));

    private static string PasswordOf(Uri proxy) => proxy.UserInfo.Split(':', 2) is [_, { } password] ? password : "";
}
