using Azker.BotApi.Webhooks;

namespace Azker.BotApi.Tests.Webhooks;

public sealed class WebhookUrlTests
{
    [Theory]
    [InlineData("https://a.example/x?y=1", true, "a.example", 443, "/x?y=1")]
    [InlineData("a.example/x", true, "a.example", 443, "/x")]
    [InlineData("HTTP://A.Example", false, "a.example", 80, "/")]
    [InlineData("https://a.example:8443?q", true, "a.example", 8443, "/?q")]
    [InlineData("https://[::1]:88/x", true, "[::1]", 88, "/x")]
    public void A_url_is_taken_apart_and_https_without_a_scheme(string text, bool isHttps, string host, int port, string path) =>
        Assert.Equal(new WebhookUrl(isHttps, null, host, port, path), WebhookUrl.Parse(text));

    [Fact]
    public void User_information_is_allowed() => Assert.Equal("me:secret", WebhookUrl.Parse("https://me:secret@a.example")?.UserInfo);

    [Theory]
    [InlineData("ftp://a.example")]
    [InlineData("https://a.example:0")]
    [InlineData("https://a.example:65536")]
    [InlineData("https://a.example:x")]
    [InlineData("https://")]
    [InlineData("https:///path")]
    [InlineData("https://a b.example")]
    [InlineData("https://a<b.example")]
    public void A_bad_url_is_refused(string text) => Assert.Null(WebhookUrl.Parse(text));
}
