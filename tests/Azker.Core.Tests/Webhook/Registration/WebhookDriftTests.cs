using Azker.Core.Configuration;
using Azker.Core.Tests.Shared;
using Azker.Core.Webhook;
using Azker.Core.Webhook.Registration;

namespace Azker.Core.Tests.Webhook.Registration;

public sealed class WebhookDriftTests : IDisposable
{
    private static readonly DateTimeOffset Set = new(2026, 1, 30, 8, 0, 0, TimeSpan.Zero);

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_webhook_as_configured_has_no_drift() => Assert.Empty(Find([], Registered, Record([])));

    [Fact]
    public void Allowed_updates_are_compared_as_a_set() => Assert.Empty(Find(
        [(SettingNames.AllowedUpdates, "message,callback_query")],
        Registered with { AllowedUpdates = ["callback_query", "message"] },
        Record([])));

    [Theory]
    [InlineData("Wrong response from the webhook: 401 Unauthorized", 1, "secret_token")]
    [InlineData("Wrong response from the webhook: 401 Unauthorized", -1, null)]
    [InlineData("Wrong response from the webhook: 500 Internal Server Error", 1, null)]
    public void Refusals_since_the_webhook_was_set_show_that_another_program_changed_the_secret(string message, int secondsAfterSet, string? drift) =>
        Assert.Equal(
            drift is null ? [] : [drift],
            Find([], Registered with { LastErrorMessage = message, LastErrorDate = Set.ToUnixTimeSeconds() + secondsAfterSet }, Record([])));

    [Fact]
    public void Another_address_is_drift()
    {
        (string, string?)[] settings = [(SettingNames.WebhookIpAddress, "149.154.161.1")];

        Assert.Empty(Find(settings, Registered with { IpAddress = "149.154.161.1" }, Record(settings)));
        Assert.Empty(Find(settings, Registered with { IpAddress = "<unknown>" }, Record(settings)));
        Assert.Equal(["ip_address"], Find(settings, Registered with { IpAddress = "149.154.161.2" }, Record(settings)));
        Assert.Equal(["ip_address"], Find(settings, Registered, Record([])));
        Assert.Equal(["ip_address"], Find([], Registered, Record(settings)));
    }

    [Fact]
    public void Another_certificate_is_drift()
    {
        (string, string?)[] settings = [(SettingNames.WebhookCertificate, Certificates.Write(_directory["one.pem"]))];
        (string, string?)[] renewed = [(SettingNames.WebhookCertificate, Certificates.Write(_directory["two.pem"]))];

        Assert.Empty(Find(settings, Registered with { HasCustomCertificate = true }, Record(settings)));
        Assert.Equal(["certificate"], Find(settings, Registered, Record(settings)));
        Assert.Equal(["certificate"], Find([], Registered with { HasCustomCertificate = true }, Record([])));
        Assert.Equal(["certificate"], Find(renewed, Registered with { HasCustomCertificate = true }, Record(settings)));
    }

    private static RegisteredWebhook Registered => new() { Url = StandIn.Url, MaxConnections = 40 };

    private static ReceiverRecord Record((string Name, string? Value)[] settings)
    {
        WebhookOptions webhook = Options(settings).Webhook;
        return new ReceiverRecord(
            1, 1, "webhook", "receiving", "instance", "host", Set, "test", "0.1.0",
            Secret(settings).Fingerprint, webhook.IpAddress?.ToString(), webhook.Certificate?.Fingerprint);
    }

    private static IReadOnlyList<string> Find((string Name, string? Value)[] settings, RegisteredWebhook registered, ReceiverRecord record) =>
        new WebhookDrift(Options(settings).Webhook, Options(settings).Bot, Secret(settings)).Find(registered, record);

    private static SecretToken Secret((string Name, string? Value)[] settings) => SecretToken.Create(Options(settings).Webhook, Options(settings).Bot.Token);

    private static AzkerOptions Options((string Name, string? Value)[] settings) => Settings.Read([(SettingNames.WebhookUrl, StandIn.Url), .. settings]);
}
