using System.Net;
using System.Net.Sockets;
using Azker.Core.Configuration;
using Azker.Core.Tests.Shared;
using Azker.Core.Webhook.Registration;

namespace Azker.Core.Tests.Webhook.Registration;

public class WebhookTargetTests
{
    private readonly RecordingLogger<WebhookTarget> _log = new();

    private const string PublicAddress = "149.154.161.1";

    [Theory]
    [InlineData("https://bot.example.com", null)]
    [InlineData("https://bot.example.com:8443", null)]
    [InlineData("https://149.154.161.1", null)]
    [InlineData("http://bot.example.com", "starts with http:")]
    [InlineData("https://bot.example.com:8444", "has port 8444")]
    [InlineData("https://10.1.2.3", "is 10.1.2.3, which Telegram does not call")]
    [InlineData("https://[2001:db8::1]", "is 2001:db8::1, which Telegram does not call")]
    [InlineData("https://100.64.0.1", "is 100.64.0.1, which Telegram does not call")]
    [InlineData("https://localhost", "is localhost, which is this machine only")]
    [InlineData("https://bot.localhost", "is bot.localhost, which is this machine only")]
    public async Task A_URL_that_Telegram_would_refuse_is_found(string url, string? fault) =>
        AssertFault(fault, await Find(_ => [IPAddress.Parse(PublicAddress)], (SettingNames.WebhookUrl, url)));

    [Theory]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.1.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.1")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.19.0.1")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("2a00:1450::1")]
    public async Task A_name_that_resolves_to_a_reserved_address_from_here_is_a_warning_and_a_literal_one_is_refused(string address)
    {
        Assert.Null(await Find(_ => [IPAddress.Parse(address)]));
        Assert.Contains($"resolves to {address} from here", Assert.Single(_log.Entries).Message, StringComparison.Ordinal);
        Assert.Null(await Find(_ => [IPAddress.Parse(address), IPAddress.Parse(PublicAddress)]));
        AssertFault("WEBHOOK_IP_ADDRESS is", await Find(_ => throw new InvalidOperationException("asked"), (SettingNames.WebhookIpAddress, address)));
    }

    [Fact]
    public async Task A_host_that_cannot_be_resolved_is_refused() =>
        AssertFault("bot.example.com of WEBHOOK_URL cannot be resolved", await Find(_ => throw new SocketException((int)SocketError.HostNotFound)));

    [Fact]
    public async Task With_WEBHOOK_IP_ADDRESS_no_name_is_resolved() =>
        Assert.Null(await Find(_ => throw new InvalidOperationException("asked"), (SettingNames.WebhookIpAddress, PublicAddress)));

    [Fact]
    public async Task A_Bot_API_server_that_the_user_runs_calls_any_URL() => Assert.Null(await Find(
        _ => throw new InvalidOperationException("asked"),
        (SettingNames.TelegramApiUrl, "http://127.0.0.1:8081"),
        (SettingNames.WebhookUrl, "http://127.0.0.1:8080")));

    [Fact]
    public async Task A_server_at_a_public_host_calls_any_URL_only_if_it_is_said_to_be_local()
    {
        (string, string?)[] settings = [(SettingNames.TelegramApiUrl, "https://tg.example.com/api"), (SettingNames.WebhookUrl, "http://127.0.0.1:8080")];

        AssertFault("WEBHOOK_URL starts with http:", await Find(_ => [], settings));
        Assert.Null(await Find(_ => throw new InvalidOperationException("asked"), [.. settings, (SettingNames.TelegramApiLocal, "true")]));
    }

    [Fact]
    public async Task A_missing_URL_is_reported() => AssertFault("WEBHOOK_URL is not set", await Find(_ => [], (SettingNames.WebhookUrl, null)));

    private static void AssertFault(string? part, string? fault)
    {
        if (part is null)
        {
            Assert.Null(fault);
        }
        else
        {
            Assert.Contains(part, fault, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', fault!);
        }
    }

    private Task<string?> Find(Func<string, IPAddress[]> resolve, params (string Name, string? Value)[] settings)
    {
        AzkerOptions options = Settings.Read([(SettingNames.WebhookUrl, "https://bot.example.com"), .. settings]);
        var target = new WebhookTarget(options.Webhook, options.Bot, (host, _) => Task.Run(() => resolve(host)), TimeProvider.System, _log);
        return target.FindFaultAsync(TestContext.Current.CancellationToken);
    }
}
