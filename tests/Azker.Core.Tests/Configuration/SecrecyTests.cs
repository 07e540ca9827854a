using System.Net;
using System.Text.Json;
using Azker.Core.Configuration;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Configuration;

/// <summary>No output of the options contains a secret.</summary>
public sealed class SecrecyTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(Settings.Token)]
    [InlineData("no token, and a secret")]
    public void Neither_text_form_nor_JSON_shows_a_secret(string token)
    {
        AzkerOptions options = Options(token);
        object[] groups = [options, options.Bot, options.Bot.Token, options.Network, options.Webhook, options.Polling, options.Fallback, options.Delivery, options.Storage, options.Lock];
        string all = string.Join('\n', groups.Select(group => $"{group}\n{JsonSerializer.Serialize(group, group.GetType())}"));

        Assert.All(
            [token, "AAAAAAAAAAAAAAAAAAA", "new-secret", "old-secret", "a2V5", "AccountName=", "password", "top-signature", "someone", "w%40rd", "w@rd"],
            secret => Assert.DoesNotContain(secret, all, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("https://bot.example.com/webhook", all, StringComparison.Ordinal);
    }

    [Fact]
    public void No_validation_fault_shows_a_secret()
    {
        AzkerOptions options = Options("no token, and a secret");
        (options.Webhook.Secret, options.Webhook.PreviousSecret) = ("new secret", "old secret");
        options.Webhook.Url = new Uri("ftp://user:password@bot.example.com");
        options.Network.TelegramProxy = new Uri("ftp://someone:w%40rd@proxy.example.com");
        options.Storage.BlobServiceUri = new Uri("ftp://a.example.com?sig=top-signature");

        string faults = string.Join('\n', new AzkerOptionsValidation().Validate("", options).Failures!);

        Assert.All(["TELEGRAM_BOT_TOKEN", "TELEGRAM_PROXY", "WEBHOOK_SECRET", "WEBHOOK_SECRET_PREVIOUS", "WEBHOOK_URL", "AzureWebJobsStorage__blobServiceUri", "AzureWebJobsStorage"],
            name => Assert.Contains($"{name} (", faults, StringComparison.Ordinal));
        Assert.All(["no token", "someone", "w%40rd", "new secret", "old secret", "password", "top-signature", "a2V5"],
            secret => Assert.DoesNotContain(secret, faults, StringComparison.OrdinalIgnoreCase));
    }

    private AzkerOptions Options(string token) => new()
    {
        Bot = { Token = token },
        Webhook =
        {
            Url = new Uri("https://user:password@bot.example.com/webhook?key=password"),
            Secret = "new-secret",
            PreviousSecret = "old-secret",
            IpAddress = IPAddress.Loopback,
            Certificate = WebhookCertificate.FromFile(Certificates.Write(_directory["certificate.pem"])),
        },
        Network =
        {
            TelegramProxy = new Uri("socks5://someone:w%40rd@proxy.example.com:1080"),
            HttpsProxy = new Uri("http://someone:w%40rd@proxy.example.com:3128"),
            HttpProxy = new Uri("http://someone:w%40rd@proxy.example.com:3128"),
            AllProxy = new Uri("http://someone:w%40rd@proxy.example.com:3128"),
            HealthProxy = new Uri("http://someone:w%40rd@proxy.example.com:3128"),
        },
        Storage =
        {
            ConnectionString = "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=a2V5",
            BlobServiceUri = new Uri("https://a.example.com?sig=top-signature"),
            TableServiceUri = new Uri("https://t.example.com?sig=top-signature"),
        },
    };
}
