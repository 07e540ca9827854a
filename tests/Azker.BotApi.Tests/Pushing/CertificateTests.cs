using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Azker.BotApi.Tests.Pushing;

public sealed class CertificateTests
{
    private const string Host = "bot.example.com";
    private const string VerifyFailed = "SSL error {error:0A000086:SSL routines::certificate verify failed}";

    [Fact]
    public async Task An_untrusted_certificate_is_refused()
    {
        using X509Certificate2 certificate = Create(Host);
        await using PushTest test = await StartAsync(certificate, Host, null);
        await AssertRefusedAsync(test);
    }

    [Theory]
    [InlineData(Host)]
    [InlineData("*.example.com")]
    public async Task The_certificate_that_was_uploaded_is_trusted(string name)
    {
        using X509Certificate2 certificate = Create(name);
        await using PushTest test = await StartAsync(certificate, Host, certificate);
        int id = test.Enqueue(5);
        Assert.Equal([id], await test.Receiver.AcceptAsync(1));
    }

    [Fact]
    public async Task Another_certificate_than_the_uploaded_one_is_refused()
    {
        using X509Certificate2 certificate = Create(Host);
        using X509Certificate2 other = Create(Host);
        await using PushTest test = await StartAsync(certificate, Host, other);
        await AssertRefusedAsync(test);
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_refused()
    {
        using X509Certificate2 certificate = Create("other.example.com");
        await using PushTest test = await StartAsync(certificate, Host, certificate);
        await AssertRefusedAsync(test);
    }

    [Fact]
    public async Task With_an_uploaded_certificate_an_address_is_looked_for_among_the_names()
    {
        using X509Certificate2 named = Create("127.0.0.1");
        await using PushTest test = await StartAsync(named, "127.0.0.1", named);
        int id = test.Enqueue(5);
        Assert.Equal([id], await test.Receiver.AcceptAsync(1));
        using X509Certificate2 addressed = Create("bot", IPAddress.Loopback);
        await using PushTest other = await StartAsync(addressed, "127.0.0.1", addressed);
        await AssertRefusedAsync(other);
    }

    private static async Task AssertRefusedAsync(PushTest test)
    {
        await test.Server.UntilAsync(bot => bot.Webhook.Connections == 0);
        Assert.Equal(VerifyFailed, await test.InfoAsync("last_error_message"));
    }

    private static async Task<PushTest> StartAsync(X509Certificate2 certificate, string host, X509Certificate2? uploaded)
    {
        PushTest test = await PushTest.StartAsync(null, new WebhookReceiver(certificate));
        using var form = new MultipartFormDataContent { { new StringContent($"https://{host}:{test.Receiver.EndPoint.Port}/hook"), "url" } };
        if (uploaded is not null)
        {
            form.Add(new ByteArrayContent(Encoding.ASCII.GetBytes(uploaded.ExportCertificatePem())), "certificate", "cert.pem");
        }

        Assert.Equal("Webhook was set", (await test.Server.PostAsync("setWebhook", form)).Description);
        return test;
    }

    private static X509Certificate2 Create(string name, IPAddress? address = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (address is not null)
        {
            names.AddIpAddress(address);
        }

        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(99));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
