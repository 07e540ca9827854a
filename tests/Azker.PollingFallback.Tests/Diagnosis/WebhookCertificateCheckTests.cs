using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azker.Core.Configuration;
using Azker.Core.Tests.Shared;
using Azker.PollingFallback.Diagnosis;
using Microsoft.Extensions.Time.Testing;

namespace Azker.PollingFallback.Tests.Diagnosis;

/// <summary>The check of <c>doctor</c> on the certificate of WEBHOOK_CERTIFICATE.</summary>
public sealed class WebhookCertificateCheckTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(Start.AddDays(30));

    private string File => _directory["bot.pem"];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("https://bot.example.com/webhook", 30, "Ok", "The certificate of WEBHOOK_CERTIFICATE fits WEBHOOK_URL and is valid until 2026-04-11.")]
    [InlineData("https://bot.example.com/webhook", 90, "Warning", "The certificate of WEBHOOK_CERTIFICATE fits WEBHOOK_URL and is valid until 2026-04-11.")]
    [InlineData("https://bot.example.com/webhook", 101, "Problem", "The certificate of WEBHOOK_CERTIFICATE expired on 2026-04-11.")]
    [InlineData("https://bot.example.com/webhook", -1, "Problem", "The certificate of WEBHOOK_CERTIFICATE is valid only from 2026-01-01.")]
    [InlineData("https://other.example.com/webhook", 30, "Problem", "The certificate of WEBHOOK_CERTIFICATE is for CN=bot.example.com, and WEBHOOK_URL names other.example.com.")]
    public void The_dates_and_the_name_of_the_certificate_are_checked(string url, int day, string state, string detail)
    {
        var time = new FakeTimeProvider(Start.AddDays(-10));
        time.SetUtcNow(Start.AddDays(day));

        Finding finding = WebhookCertificateCheck.Run(WebhookCertificate.FromFile(Write()), new Uri(url), time);

        Assert.Equal(("webhook-certificate", state, detail), (finding.Check, $"{finding.State}", finding.Detail));
    }

    [Fact]
    public void A_file_that_holds_the_private_key_since_then_or_is_gone_is_a_problem()
    {
        WebhookCertificate certificate = WebhookCertificate.FromFile(Write());
        System.IO.File.AppendAllText(File, "-----BEGIN PRIVATE KEY-----\n");
        Finding withKey = WebhookCertificateCheck.Run(certificate, url: null, _time);
        System.IO.File.Delete(File);
        Finding gone = WebhookCertificateCheck.Run(certificate, url: null, _time);

        Assert.Equal((FindingState.Problem, $"The certificate file '{File}' holds a private key, which must not leave this machine."), (withKey.State, withKey.Detail));
        Assert.Equal((FindingState.Problem, $"The certificate file '{File}' does not exist, or cannot be read."), (gone.State, gone.Detail));
    }

    private string Write()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=bot.example.com", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(Start, Start.AddDays(100));
        System.IO.File.WriteAllText(File, certificate.ExportCertificatePem());
        return File;
    }
}
