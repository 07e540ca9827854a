using System.Net;
using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Fallback;
using Azker.Core.Infrastructure;
using Azker.Core.Tests.Infrastructure;
using Azker.Core.Tests.Shared;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace Azker.Core.Tests.BotApi;

/// <summary>Calls of the Bot API through a proxy.</summary>
public sealed class ProxyTests : IDisposable
{
    private const string Credential = "someone:pass@word/1";
    private const string Escaped = "someone:pass%40word%2F1";

    private readonly DualStackHost _server = DualStackHost.WithClosingIPv6(usesTls: true);
    private readonly TestProxy _proxy = new();

    public void Dispose()
    {
        _server.Dispose();
        _proxy.Dispose();
    }

    [Theory]
    [InlineData(SettingNames.TelegramProxy, "http://127.0.0.1:{0}", "CONNECT")]
    [InlineData(SettingNames.TelegramProxy, "127.0.0.1:{0}", "CONNECT")]
    [InlineData(SettingNames.TelegramProxy, "socks5://127.0.0.1:{0}", "SOCKS5")]
    [InlineData(SettingNames.TelegramProxy, "socks5h://127.0.0.1:{0}", "SOCKS5")]
    [InlineData(SettingNames.TelegramProxy, "socks4a://127.0.0.1:{0}", "SOCKS4a")]
    [InlineData(SettingNames.HttpsProxy, "http://127.0.0.1:{0}", "CONNECT")]
    [InlineData(SettingNames.AllProxy, "socks://127.0.0.1:{0}/", "SOCKS5")]
    [InlineData("https_proxy", "http://127.0.0.1:{0}", "CONNECT")]
    [InlineData("all_proxy", "socks5://127.0.0.1:{0}", "SOCKS5")]
    public async Task A_call_goes_through_the_proxy_of_the_settings(string name, string proxy, string how)
    {
        await Call((name, string.Format(null, proxy, _proxy.Port)));

        Assert.Equal([$"{how} {_server.Url.Authority}"], _proxy.Targets);
    }

    [Fact]
    public async Task A_call_goes_through_a_socks4_proxy_which_gets_the_address()
    {
        using var server = DualStackHost.WithClosingIPv6();

        await Call(server, (SettingNames.TelegramApiUrl, $"http://127.0.0.1:{server.Url.Port}"), (SettingNames.TelegramProxy, $"socks4://127.0.0.1:{_proxy.Port}"));

        Assert.Equal([$"SOCKS4 127.0.0.1:{server.Url.Port}"], _proxy.Targets);
    }

    [Fact]
    public async Task A_call_goes_through_a_proxy_with_TLS()
    {
        using var proxy = new TestProxy(_server.Certificate);

        await Call((SettingNames.TelegramProxy, $"https://{DualStackHost.Name}:{proxy.Port}"));

        Assert.Equal([$"CONNECT {_server.Url.Authority}"], proxy.Targets);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("socks5")]
    public async Task The_proxy_gets_the_user_name_and_the_password(string scheme)
    {
        _proxy.Credential = Credential;

        await Call((SettingNames.TelegramProxy, $"{scheme}://{Escaped}@127.0.0.1:{_proxy.Port}"));

        Assert.Single(_proxy.Targets);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("socks5")]
    public async Task A_proxy_that_refuses_the_password_is_named_without_it(string scheme)
    {
        _proxy.Credential = "another:password";

        Exception error = await Assert.ThrowsAnyAsync<RequestException>(() => Call((SettingNames.TelegramProxy, $"{scheme}://{Escaped}@127.0.0.1:{_proxy.Port}")));

        Assert.All(["someone", "pass@word", "pass%40word"], secret => Assert.DoesNotContain(secret, error.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("other.example.com, dual.example.com")]
    [InlineData("example.com")]
    [InlineData(".example.com")]
    public async Task A_host_of_NO_PROXY_is_called_without_the_proxy(string hosts)
    {
        await Call((SettingNames.AllProxy, $"http://127.0.0.1:{_proxy.Port}"), ("no_proxy", hosts));

        Assert.Empty(_proxy.Targets);
    }

    [Fact]
    public async Task A_server_on_a_loopback_address_is_called_without_a_proxy_for_all_hosts()
    {
        using var server = DualStackHost.WithClosingIPv6();

        await Call(server, (SettingNames.TelegramApiUrl, $"http://127.0.0.1:{server.Url.Port}"), (SettingNames.HttpProxy, $"http://127.0.0.1:{_proxy.Port}"), (SettingNames.AllProxy, $"http://127.0.0.1:{_proxy.Port}"));

        Assert.Empty(_proxy.Targets);
    }

    [Theory]
    [InlineData(SettingNames.AllProxy, 0)]
    [InlineData(SettingNames.TelegramProxy, 0)]
    [InlineData(SettingNames.WebhookHealthProxy, 1)]
    public async Task The_health_of_the_target_is_asked_through_its_own_proxy_only(string name, int targets)
    {
        using var server = DualStackHost.WithClosingIPv6();
        AzkerOptions options = Settings.Read((SettingNames.WebhookUrl, server.Url.AbsoluteUri), (name, $"socks5://127.0.0.1:{_proxy.Port}"));
        using var probe = new HttpTargetProbe(options.Webhook, options.Bot, options.Network, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]), TimeProvider.System);

        TargetHealth health = await Eventually.Completes(probe.ProbeAsync(TestContext.Current.CancellationToken));

        Assert.Equal("/health answers 200 without a health report.", health.Reason);
        Assert.Equal(targets, _proxy.Targets.Count);
    }

    private Task Call(params (string Name, string? Value)[] settings) => Call(_server, [(SettingNames.TelegramApiUrl, _server.Url.AbsoluteUri), .. settings]);

    private static async Task Call(DualStackHost server, params (string Name, string? Value)[] settings)
    {
        AzkerOptions options = Settings.Read(settings);
        var race = new AddressRace((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]), TimeProvider.System, server.Trust.Clone);
        TelegramBotClient client = BotApiClients.ForReceiving(options.Bot, options.Network, race);
        await Eventually.Completes(client.DeleteWebhook(cancellationToken: TestContext.Current.CancellationToken));
    }
}
