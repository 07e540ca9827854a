using Azker.Core.Configuration;
using Azker.PollingFallback.Language;

namespace Azker.PollingFallback.Diagnosis;

/// <summary>Checks that the webhook's secret cannot be guessed. The validation of the settings has checked its characters.</summary>
internal static class SecretCheck
{
    private const string Check = "webhook-secret";

    /// <summary>Random letters and digits of this length have about 95 bits; nobody tries so many secrets.</summary>
    private const int Enough = 16;

    /// <summary>A random secret of this length has more different characters than this; a word or a run of one character has fewer.</summary>
    private const int EnoughKinds = 8;

    public static Finding Run(AzkerOptions options)
    {
        WebhookOptions webhook = options.Webhook;
        return webhook.Secret is not { } secret ? CheckDerived(webhook)
            : IsOfToken(secret, options) || IsOfToken(webhook.PreviousSecret, options) ? Finding.Problem(Check, Texts.CheckSecretOfToken, Texts.CheckSecretChoose)
            : secret == webhook.PreviousSecret ? Finding.Warning(Check, Texts.CheckSecretSame, Texts.CheckSecretSameRemedy)
            : secret.Length < Enough ? Finding.Warning(Check, Texts.FormatCheckSecretShort(secret.Length, Enough), Texts.CheckSecretChoose)
            : secret.Distinct().Count() < EnoughKinds ? Finding.Warning(Check, Texts.FormatCheckSecretUniform(secret.Distinct().Count()), Texts.CheckSecretChoose)
            : Finding.Ok(Check, Texts.CheckSecretOk);
    }

    private static Finding CheckDerived(WebhookOptions webhook) => webhook.PreviousSecret is { Length: < Enough } previous
        ? Finding.Warning(Check, Texts.FormatCheckSecretShort(previous.Length, Enough), Texts.CheckSecretPreviousRemedy)
        : Finding.Ok(Check, Texts.CheckSecretDerived);

    /// <summary>A reader of the requests would know the token; the ID of the bot alone is no secret.</summary>
    private static bool IsOfToken(string? secret, AzkerOptions options) =>
        secret is not null && options.Bot.Token.Secrets.Any(part => secret.Contains(part, StringComparison.Ordinal)
            || (secret.Length >= EnoughKinds && part.Contains(secret, StringComparison.Ordinal)));
}
