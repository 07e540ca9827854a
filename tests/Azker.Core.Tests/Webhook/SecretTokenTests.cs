using System.Text.RegularExpressions;
using Azker.Core.Configuration;
using Azker.Core.Tests.Shared;
using Azker.Core.Webhook;

namespace Azker.Core.Tests.Webhook;

public class SecretTokenTests
{
    [Fact]
    public void A_secret_that_is_not_set_is_derived_from_the_token_and_equal_on_all_instances()
    {
        string secret = Create().Reveal();

        Assert.Equal(secret, Create().Reveal());
        Assert.NotEqual(secret, Create((SettingNames.TelegramBotToken, "123456:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB")).Reveal());
        Assert.Matches(new Regex("^[A-Za-z0-9_-]{43}$"), secret);
        Assert.DoesNotContain(Settings.Token.Split(':')[1], secret, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_that_is_set_is_used() => Assert.Equal("given", Create((SettingNames.WebhookSecret, "given")).Reveal());

    [Fact]
    public void Only_the_secret_matches()
    {
        SecretToken secret = Create((SettingNames.WebhookSecret, "given"));

        Assert.True(secret.Matches(["given"]));
        Assert.False(secret.Matches([]));
        Assert.False(secret.Matches([""]));
        Assert.False(secret.Matches(["Given"]));
        Assert.False(secret.Matches(["given "]));
        Assert.False(secret.Matches(["give"]));
        Assert.False(secret.Matches(["givén"]));
        Assert.False(secret.Matches(["given", "given"]));
        Assert.False(secret.Matches(["given,given"]));
        Assert.False(secret.Matches([new string('g', 100_000)]));
    }

    [Fact]
    public void A_secret_of_the_maximum_length_matches() =>
        Assert.True(Create((SettingNames.WebhookSecret, new string('s', 256))).Matches([new string('s', 256)]));

    [Fact]
    public void The_previous_secret_matches_too_while_it_is_set()
    {
        SecretToken secret = Create((SettingNames.WebhookSecret, "new"), (SettingNames.WebhookSecretPrevious, "old"));

        Assert.True(secret.Matches(["new"]));
        Assert.True(secret.Matches(["old"]));
        Assert.False(secret.Matches(["older"]));
        Assert.False(Create((SettingNames.WebhookSecret, "new")).Matches(["old"]));
        Assert.Equal("new", secret.Reveal());
    }

    [Fact]
    public void Fingerprints_of_secrets_differ_and_are_useless_without_the_bots_token()
    {
        SecretToken secret = Create((SettingNames.WebhookSecret, "weak"));

        Assert.Matches(new Regex("^[0-9a-f]{16}$"), secret.Fingerprint);
        Assert.Equal(secret.Fingerprint, Create((SettingNames.WebhookSecret, "weak")).Fingerprint);
        Assert.NotEqual(secret.Fingerprint, Create((SettingNames.WebhookSecret, "week")).Fingerprint);
        Assert.NotEqual(
            secret.Fingerprint,
            Create((SettingNames.WebhookSecret, "weak"), (SettingNames.TelegramBotToken, "123456:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB")).Fingerprint);
    }

    [Fact]
    public void The_text_form_of_a_secret_is_masked() => Assert.Equal("***", Create((SettingNames.WebhookSecret, "given")).ToString());

    private static SecretToken Create(params (string Name, string? Value)[] settings)
    {
        AzkerOptions options = Settings.Read(settings);
        return SecretToken.Create(options.Webhook, options.Bot.Token);
    }
}
