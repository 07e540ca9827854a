using Azker.Core.Webhook.Registration;

namespace Azker.Core.Tests.Webhook.Registration;

public class RegisteredWebhookTests
{
    [Theory]
    [InlineData("https://bücher.example/a/webhook", "https://xn--bcher-kva.example/a/webhook", true)]
    [InlineData("https://xn--bcher-kva.example:8443/webhook", "https://BÜCHER.example:8443/webhook", true)]
    [InlineData("https://bücher.example/webhook", "https://bucher.example/webhook", false)]
    [InlineData("https://bücher.example/webhook", "https://xn--bcher-kva.example/other", false)]
    public void International_names_are_compared_by_their_punycode_form(string registered, string configured, bool isSame) =>
        Assert.Equal(isSame, new RegisteredWebhook { Url = registered }.IsAt(new Uri(configured)));
}
