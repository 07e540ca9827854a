using System.Security.Cryptography;
using System.Text;
using Azker.Core.Configuration;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Configuration;

public sealed class WebhookCertificateTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_certificate_is_the_same_from_a_file_and_from_its_text()
    {
        string path = Certificates.Write(_directory["certificate.pem"]);

        var fromFile = WebhookCertificate.FromFile(path);
        var fromPem = WebhookCertificate.FromPem(File.ReadAllText(path));

        Assert.Equal(File.ReadAllBytes(path), fromFile.Pem.ToArray());
        Assert.Equal(fromFile.Pem.ToArray(), fromPem.Pem.ToArray());
        Assert.Equal(32, fromFile.Fingerprint.Length);
        Assert.Equal(fromFile.Fingerprint, fromPem.Fingerprint);
    }

    [Fact]
    public void Another_certificate_has_another_fingerprint() => Assert.NotEqual(
        WebhookCertificate.FromFile(Certificates.Write(_directory["one.pem"])).Fingerprint,
        WebhookCertificate.FromFile(Certificates.Write(_directory["two.pem"])).Fingerprint);

    [Fact]
    public void A_missing_file_is_named()
    {
        IOException error = Assert.Throws<IOException>(() => WebhookCertificate.FromFile(_directory["missing.pem"]));

        Assert.Equal($"The certificate file '{_directory["missing.pem"]}' does not exist, or cannot be read. Give the certificate alone, as PEM.", error.Message);
        Assert.IsType<FileNotFoundException>(error.InnerException);
    }

    [Fact]
    public void A_private_key_is_refused_and_not_shown()
    {
        string path = Certificates.Write(_directory["both.pem"], withKey: true);

        Assert.Equal(
            $"The certificate file '{path}' holds a private key, which must not leave this machine. Give the certificate alone, as PEM.",
            Assert.Throws<CryptographicException>(() => WebhookCertificate.FromFile(path)).Message);
        Assert.Equal(
            "The certificate text holds a private key, which must not leave this machine. Give the certificate alone, as PEM.",
            Assert.Throws<CryptographicException>(() => WebhookCertificate.FromPem(File.ReadAllText(path))).Message);
    }

    [Theory]
    [InlineData("no certificate", "holds no certificate as PEM")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "holds a certificate that cannot be read")]
    public void A_text_without_a_certificate_is_refused(string text, string fault)
    {
        File.WriteAllText(_directory["text.pem"], text);

        Assert.Contains(fault, Assert.Throws<CryptographicException>(() => WebhookCertificate.FromPem(text)).Message, StringComparison.Ordinal);
        Assert.Contains(fault, Assert.Throws<CryptographicException>(() => WebhookCertificate.FromFile(_directory["text.pem"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_is_too_large_is_refused()
    {
        string text = new('x', WebhookCertificate.MaxBytes + 1);
        File.WriteAllBytes(_directory["large.pem"], Encoding.UTF8.GetBytes(text));

        const string fault = "has 3145729 bytes, and Telegram takes at most 3145728";
        Assert.Contains(fault, Assert.Throws<CryptographicException>(() => WebhookCertificate.FromPem(text)).Message, StringComparison.Ordinal);
        Assert.Contains(fault, Assert.Throws<CryptographicException>(() => WebhookCertificate.FromFile(_directory["large.pem"])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void A_path_is_required(string path) => Assert.Throws<ArgumentException>(() => WebhookCertificate.FromFile(path));

    [Fact]
    public void Null_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => WebhookCertificate.FromFile(null!));
        Assert.Throws<ArgumentNullException>(() => WebhookCertificate.FromPem(null!));
    }
}
