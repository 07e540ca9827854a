using Azker.Core.Configuration;
using Azker.Core.Infrastructure;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Options;

namespace Azker.Core.Tests.Configuration;

public sealed class ProxySettingTests
{
    private const string Remedy = "; give it as http://proxy.example.com:3128 or socks5://proxy.example.com:1080, "
        + "with special characters of credentials in percent encoding, such as %40 for @.";

    [Theory]
    [InlineData("ftp://user:top-secret@proxy.example.com:21", "'ftp' is not one of the schemes http, https, socks4, socks4a, socks5")]
    [InlineData("socks5://user:top-secret@proxy.example.com", "its value (not shown here) has no port")]
    [InlineData("http://user:top#secret@proxy.example.com:3128", "its value (not shown here) is not a URL")]
    [InlineData("http://user:top-secret@proxy.example.com:3128/path", "its value (not shown here) has a path, a query or a fragment")]
    [InlineData("http://user:top-secret@proxy.example.com:99999", "its value (not shown here) is not a URL")]
    [InlineData("user:top-secret", "its value (not shown here) is not a URL")]
    public void A_faulty_proxy_is_refused_without_its_password(string value, string wrong)
    {
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => Settings.Read((SettingNames.TelegramProxy, value)));

        Assert.Equal($"TELEGRAM_PROXY: {wrong}{Remedy}", Assert.Single(error.Failures));
    }

    [Theory]
    [InlineData(SettingNames.HttpsProxy)]
    [InlineData(SettingNames.HttpProxy)]
    [InlineData(SettingNames.AllProxy)]
    [InlineData(SettingNames.WebhookHealthProxy)]
    public void Every_proxy_is_checked(string name)
    {
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => Settings.Read((name, "gopher://proxy:70")));

        Assert.StartsWith($"{name}: 'gopher' is not one of the schemes", Assert.Single(error.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void The_password_of_a_proxy_is_masked_in_texts_from_outside()
    {
        AzkerOptions options = Settings.Read((SettingNames.TelegramProxy, "http://someone:pass%40word@proxy.example.com:3128"));

        Assert.Equal("*** *** *** ***", new SecretMask(options.Secrets).Apply("pass@word pass%40word someone:pass@word c29tZW9uZTpwYXNzQHdvcmQ="));
    }

    [Theory]
    [InlineData("10.0.0.0/8", "https://10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "https://11.1.2.3", false)]
    [InlineData("10.1.2.3", "https://10.1.2.3", true)]
    [InlineData("2001:db8::1", "https://[2001:db8::1]", true)]
    [InlineData("[2001:db8::1]:443", "https://[2001:db8::1]", true)]
    [InlineData("example.com:443", "https://a.example.com", true)]
    [InlineData("example.com:8443", "https://a.example.com", false)]
    [InlineData("ample.com", "https://a.example.com", false)]
    [InlineData("b.example.com c.example.com,,a.EXAMPLE.com", "https://a.example.com", true)]
    [InlineData("*", "https://a.example.com", true)]
    [InlineData("", "https://a.example.com", false)]
    public void NO_PROXY_names_hosts_as_curl_reads_them(string list, string url, bool isIncluded) => Assert.Equal(isIncluded, NoProxyList.Includes(list, new Uri(url)));
}
