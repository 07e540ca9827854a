using Azker.PollingFallback.Settings;
using Microsoft.Extensions.Configuration;

namespace Azker.PollingFallback.Tests.Settings;

public sealed class ProxyEnvironmentTests
{
    private const string Loopback = "localhost,127.0.0.1,::1,[::1]";

    [Fact]
    public void Without_a_proxy_no_variable_is_set() => Assert.Empty(Variables(("NO_PROXY", "a.example.com"), ("TELEGRAM_PROXY", "http://p:1")));

    [Fact]
    public void The_proxies_of_the_settings_become_variables_and_loopback_addresses_are_excepted() => Assert.Equal(
        [("https_proxy", "http://p:1"), ("all_proxy", "socks5://p:2"), ("no_proxy", $"a.example.com,{Loopback}")],
        Variables(("HTTPS_PROXY", "http://p:1"), ("all_proxy", " socks5://p:2 "), ("NO_PROXY", "a.example.com"), ("HTTP_PROXY", "")));

    private static IReadOnlyList<(string Name, string Value)> Variables(params (string Name, string? Value)[] settings) =>
        ProxyEnvironment.Variables(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => setting.Value)).Build());
}
