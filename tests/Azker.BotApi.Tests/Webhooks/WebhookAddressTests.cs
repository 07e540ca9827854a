using System.Net;
using Azker.BotApi.Webhooks;

namespace Azker.BotApi.Tests.Webhooks;

public sealed class WebhookAddressTests
{
    [Theory]
    [InlineData("0.1.2.3")]
    [InlineData("10.1.2.3")]
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
    public void A_reserved_address_is_refused_in_the_cloud(string address) =>
        Assert.Equal($"IP address {address} is reserved", WebhookAddress.Check(IPAddress.Parse(address), isLocal: false));

    [Theory]
    [InlineData("9.255.255.255")]
    [InlineData("100.63.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("223.255.255.255")]
    public void A_public_address_is_accepted(string address) => Assert.Null(WebhookAddress.Check(IPAddress.Parse(address), isLocal: false));

    [Fact]
    public void An_IPv6_address_is_refused_in_the_cloud() =>
        Assert.Equal("IPv6-only addresses are not allowed", WebhookAddress.Check(IPAddress.Parse("2001:db8::1"), isLocal: false));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void A_local_server_accepts_any_address(string address) =>
        Assert.Null(WebhookAddress.Check(IPAddress.Parse(address), isLocal: true));
}
