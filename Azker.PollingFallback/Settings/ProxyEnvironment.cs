using Azker.Core.Configuration;
using Microsoft.Extensions.Configuration;

namespace Azker.PollingFallback.Settings;

/// <summary>
/// Gives the proxies of the settings to the libraries that read them from the environment, such as Azure.Identity, and keeps loopback
/// addresses from the proxy.
/// </summary>
internal static class ProxyEnvironment
{
    private static readonly string[] Proxies = [SettingNames.HttpsProxy, SettingNames.HttpProxy, SettingNames.AllProxy];
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "::1", "[::1]"];

    /// <summary>Sets the variables of this process.</summary>
    public static void Apply(IConfiguration configuration)
    {
        foreach ((string name, string value) in Variables(configuration))
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    /// <returns>The variables to set; empty without a proxy. Names in lower case win over those in upper case (.NET, HttpEnvironmentProxy).</returns>
    public static IReadOnlyList<(string Name, string Value)> Variables(IConfiguration configuration)
    {
        var set = Proxies.Select(name => (Name: name.ToLowerInvariant(), Value: configuration[name]?.Trim() ?? "")).Where(proxy => proxy.Value.Length > 0).ToList();
        if (set.Count == 0)
        {
            return [];
        }

        string[] hosts = [configuration[SettingNames.NoProxy]?.Trim() ?? "", .. Loopback];
        return [.. set, (SettingNames.NoProxy.ToLowerInvariant(), string.Join(',', hosts.Where(host => host.Length > 0)))];
    }
}
