using Azker.Core.Configuration;
using Azker.PollingFallback.Diagnosis;

namespace Azker.PollingFallback.Tests.Diagnosis;

/// <summary>The check of <c>doctor</c> on the webhook's secret.</summary>
public sealed class SecretCheckTests
{
    private const string TokenSecret = "AAE-abcdefghijklmnopqrstuvwxyz01234";
    private const string Strong = "Zk3-8fQ_wLr29xTb";

    [Theory]
    [InlineData(null, null, "Ok", "The webhook's secret is derived from the bot token.")]
    [InlineData(Strong, null, "Ok", "The webhook's secret is long and varied enough.")]
    [InlineData(Strong, "old", "Ok", "The webhook's secret is long and varied enough.")]
    [InlineData("Zk3-8fQ_wLr29xT", null, "Warning", "The webhook's secret has 15 characters; 16 or more are hard to guess.")]
    [InlineData("abcabcabcabcabcabcabc", null, "Warning", "The webhook's secret has only 3 different characters.")]
    [InlineData(Strong, Strong, "Warning", "WEBHOOK_SECRET_PREVIOUS is the same as WEBHOOK_SECRET, so the secret was not rotated.")]
    [InlineData(TokenSecret, null, "Problem", "WEBHOOK_SECRET or WEBHOOK_SECRET_PREVIOUS contains a part of the bot token.")]
    [InlineData("x-" + TokenSecret, null, "Problem", "WEBHOOK_SECRET or WEBHOOK_SECRET_PREVIOUS contains a part of the bot token.")]
    [InlineData("abcdefghijklmnop", null, "Problem", "WEBHOOK_SECRET or WEBHOOK_SECRET_PREVIOUS contains a part of the bot token.")]
    [InlineData(Strong, TokenSecret, "Problem", "WEBHOOK_SECRET or WEBHOOK_SECRET_PREVIOUS contains a part of the bot token.")]
    [InlineData(null, "old", "Warning", "The webhook's secret has 3 characters; 16 or more are hard to guess.")]
    public void A_secret_is_judged_and_not_shown(string? secret, string? previous, string state, string detail)
    {
        var options = new AzkerOptions { Bot = { Token = $"123456:{TokenSecret}" }, Webhook = { Secret = secret, PreviousSecret = previous } };

        Finding finding = SecretCheck.Run(options);

        Assert.Equal(("webhook-secret", state, detail), (finding.Check, $"{finding.State}", finding.Detail));
        Assert.Equal(state == "Ok", finding.Remedy is null);
    }
}
