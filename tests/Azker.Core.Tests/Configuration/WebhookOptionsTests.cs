using System.Net;
using Azker.Core.Configuration;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Options;

namespace Azker.Core.Tests.Configuration;

public sealed class WebhookOptionsTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_defaults_are_as_documented()
    {
        WebhookOptions webhook = Settings.Read().Webhook;

        Assert.Equal(40, webhook.MaxConnections);
        Assert.Null(webhook.IpAddress);
        Assert.Null(webhook.Certificate);
        Assert.Null(webhook.HealthListen);
        Assert.Equal("0 */5 * * * *", webhook.GuardSchedule);
        Assert.Equal(TimeSpan.FromMinutes(5), webhook.GuardInterval);
        Assert.Null(webhook.DeleteOnShutdown);
    }

    [Fact]
    public void All_settings_are_read()
    {
        WebhookOptions webhook = Settings.Read(
            (SettingNames.WebhookMaxConnections, "100"),
            (SettingNames.WebhookIpAddress, "149.154.161.1"),
            (SettingNames.WebhookCertificate, Certificates.Write(_directory["certificate.pem"])),
            (SettingNames.WebhookListen, "http://[::1]:8080"),
            (SettingNames.HealthListen, "http://localhost:8081"),
            (SettingNames.WebhookGuardSchedule, "30 */2 * * * *"),
            (SettingNames.WebhookGuardInterval, "60")).Webhook;

        Assert.Equal(100, webhook.MaxConnections);
        Assert.Equal(IPAddress.Parse("149.154.161.1"), webhook.IpAddress);
        Assert.NotNull(webhook.Certificate);
        Assert.Equal(new Uri("http://[::1]:8080"), webhook.Listen);
        Assert.Equal(new Uri("http://localhost:8081"), webhook.HealthListen);
        Assert.Equal("30 */2 * * * *", webhook.GuardSchedule);
        Assert.Equal(TimeSpan.FromMinutes(1), webhook.GuardInterval);
    }

    [Theory]
    [InlineData("8080", "http://[::]:8080")]
    [InlineData(":8080", "http://[::]:8080")]
    [InlineData("http://*:8080", "http://[::]:8080")]
    [InlineData("http://+:8080/", "http://[::]:8080")]
    [InlineData("*:8080", "http://[::]:8080")]
    [InlineData("0.0.0.0:8080", "http://0.0.0.0:8080")]
    [InlineData("[::1]:8080", "http://[::1]:8080")]
    [InlineData("localhost:8080", "http://localhost:8080")]
    public void An_address_to_listen_at_may_have_a_short_form(string text, string url)
    {
        Assert.Equal(new Uri(url), Settings.Read((SettingNames.WebhookListen, text)).Webhook.Listen);
        Assert.Equal(new Uri(url), Settings.Read((SettingNames.HealthListen, text)).Webhook.HealthListen);
    }

    [Theory]
    [InlineData("70000")]
    [InlineData("bot.example.com:8080")]
    [InlineData("8080/health")]
    public void A_short_form_that_names_no_address_is_a_fault(string text) =>
        Assert.Throws<OptionsValidationException>(() => Settings.Read((SettingNames.WebhookListen, text)));

    [Fact]
    public void A_Bot_API_server_of_your_own_allows_more_connections() => Assert.Equal(100_000, Settings.Read(
        (SettingNames.TelegramApiUrl, "http://127.0.0.1:8081"), (SettingNames.WebhookMaxConnections, "100000")).Webhook.MaxConnections);

    [Theory]
    [InlineData(SettingNames.WebhookMaxConnections, "101", "WEBHOOK_MAX_CONNECTIONS: '101' is not a whole number from 1 to 100; leave it out for 40.")]
    [InlineData(SettingNames.WebhookIpAddress, "bot.example.com", "WEBHOOK_IP_ADDRESS: 'bot.example.com' is not an IP address; give the public address of the webhook, or leave it out to let Telegram ask DNS.")]
    [InlineData(SettingNames.WebhookListen, "https://127.0.0.1:8080", "WEBHOOK_LISTEN: 'https://127.0.0.1:8080/' asks for TLS, which is left to a reverse proxy such as nginx or Caddy; give scheme, address and port, such as http://127.0.0.1:8080.")]
    [InlineData(SettingNames.HealthListen, "http://127.0.0.1:8080/health", "HEALTH_LISTEN: 'http://127.0.0.1:8080' is followed by a path, or preceded by a user name; give scheme, address and port, such as http://127.0.0.1:8080.")]
    [InlineData(SettingNames.WebhookListen, "http://bot.example.com:8080", "WEBHOOK_LISTEN: 'bot.example.com' is neither an IP address nor localhost; give scheme, address and port, such as http://127.0.0.1:8080, or http://0.0.0.0:8080 for all addresses.")]
    [InlineData(SettingNames.WebhookGuardSchedule, "*/5 * * * *", "WEBHOOK_GUARD_SCHEDULE: '*/5 * * * *' does not have the six fields {second} {minute} {hour} {day} {month} {day of week}; leave it out for 0 */5 * * * *.")]
    [InlineData(SettingNames.WebhookGuardSchedule, "60 * * * * *", "WEBHOOK_GUARD_SCHEDULE: '60 * * * * *' is not an NCRONTAB expression (60 is higher than the maximum allowable value for the [Second] field); leave it out for 0 */5 * * * *.")]
    [InlineData(SettingNames.WebhookGuardSchedule, "every five minutes of each day", "WEBHOOK_GUARD_SCHEDULE: 'every five minutes of each day' is not an NCRONTAB expression ('every' is not a valid [Second] crontab field expression); leave it out for 0 */5 * * * *.")]
    [InlineData(SettingNames.WebhookGuardSchedule, "0 0 0 L * *", "WEBHOOK_GUARD_SCHEDULE: '0 0 0 L * *' is not an NCRONTAB expression ('L' is not a valid [Day] crontab field expression); leave it out for 0 */5 * * * *.")]
    [InlineData(SettingNames.WebhookGuardSchedule, "0 99999999999 * * * *", "WEBHOOK_GUARD_SCHEDULE: '0 99999999999 * * * *' is not an NCRONTAB expression (Value was either too large or too small for an Int32); leave it out for 0 */5 * * * *.")]
    [InlineData(SettingNames.WebhookGuardSchedule, "0 0 0 30 2 *", "WEBHOOK_GUARD_SCHEDULE: '0 0 0 30 2 *' names a time that never comes; leave it out for 0 */5 * * * *.")]
    [InlineData(SettingNames.WebhookGuardSchedule, "00:05:00", "WEBHOOK_GUARD_SCHEDULE: '00:05:00' does not have the six fields {second} {minute} {hour} {day} {month} {day of week}; leave it out for 0 */5 * * * *.")]
    [InlineData(SettingNames.WebhookGuardInterval, "5", "WEBHOOK_GUARD_INTERVAL: '5' is not a number of seconds from 10 to 86400; leave it out for 300.")]
    [InlineData(SettingNames.WebhookPath, "/health", "WEBHOOK_PATH: '/health' is the path of the health report; choose another path, or leave it out for /webhook.")]
    public void A_faulty_setting_is_reported(string name, string value, string fault) =>
        Assert.Equal([fault], Assert.Throws<OptionsValidationException>(() => Settings.Read((name, value))).Failures);

    [Theory]
    [InlineData("0 */5 * * * *")]
    [InlineData("*/30 0,20-40/10 8-18 * Jan-Mar Mon-Fri")]
    [InlineData("0  0  0  29  2  *")]
    public void A_schedule_that_the_Functions_host_can_read_is_valid(string schedule) =>
        Assert.Equal(schedule, Settings.Read((SettingNames.WebhookGuardSchedule, schedule)).Webhook.GuardSchedule);

    [Fact]
    public void A_certificate_with_its_private_key_is_refused() =>
        AssertCertificateFault("holds a private key, which must not leave this machine", Certificates.Write(_directory["both.pem"], withKey: true));

    [Fact]
    public void A_missing_certificate_is_reported() => AssertCertificateFault("does not exist, or cannot be read", _directory["missing.pem"]);

    [Fact]
    public void A_file_without_a_certificate_is_reported()
    {
        File.WriteAllText(_directory["text.pem"], "no certificate");
        AssertCertificateFault("holds no certificate as PEM", _directory["text.pem"]);
    }

    [Fact]
    public void A_certificate_that_is_too_large_is_reported()
    {
        File.WriteAllBytes(_directory["large.pem"], new byte[WebhookCertificate.MaxBytes + 1]);
        AssertCertificateFault("has 3145729 bytes, and Telegram takes at most 3145728", _directory["large.pem"]);
    }

    private static void AssertCertificateFault(string fault, string path) => Assert.Equal(
        [$"WEBHOOK_CERTIFICATE: '{path}' {fault}; give the path of the certificate alone, as PEM, or leave it out when a public authority has signed it."],
        Assert.Throws<OptionsValidationException>(() => Settings.Read((SettingNames.WebhookCertificate, path))).Failures);
}
