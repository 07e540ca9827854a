using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Azker.Core.Configuration;

/// <summary>All that can be set.</summary>
/// <param name="Bot">Which bot, and where its Bot API server is.</param>
/// <param name="Webhook">How Telegram reaches the bot's webhook.</param>
/// <param name="Polling">How the bot polls.</param>
/// <param name="Fallback">When polling takes the webhook's place, and when the webhook gets it back.</param>
/// <param name="Delivery">How updates are brought to their handlers.</param>
/// <param name="Storage">Where Azker keeps what must outlive a run.</param>
/// <param name="Lock">How the receiver lock is held in a storage account.</param>
public sealed record AzkerOptions(
    BotOptions Bot,
    WebhookOptions Webhook,
    PollingOptions Polling,
    FallbackOptions Fallback,
    DeliveryOptions Delivery,
    StorageOptions Storage,
    LockOptions Lock)
{
    /// <summary>
    /// Whether the updates that wait with Telegram are thrown away when the run begins. Default false. No setting gives it,
    /// only the command line, so that no later start does it again.
    /// </summary>
    public bool DropPending { get; init; }

    /// <summary>What must not stand in any text, but for the secret that is derived from the token.</summary>
    internal IEnumerable<string?> Secrets => [.. Bot.Token.Secrets, Webhook.Secret, Webhook.PreviousSecret, .. Storage.Secrets];

    /// <summary>Reads and checks all settings together.</summary>
    /// <param name="configuration">Where the settings of <see cref="SettingNames"/> stand, at its root.</param>
    /// <returns>The options.</returns>
    /// <exception cref="OptionsValidationException">
    /// Settings are faulty. <see cref="OptionsValidationException.Failures"/> has one line for each fault, with the
    /// setting's name, its value unless that is a secret, what is allowed and what to do.
    /// </exception>
    public static AzkerOptions Read(IConfiguration configuration)
    {
        var settings = new SettingsReader(configuration);
        AzkerOptions options = Read(settings);
        return settings.Faults.Count == 0
            ? options
            : throw new OptionsValidationException(nameof(AzkerOptions), typeof(AzkerOptions), settings.Faults);
    }

    internal static AzkerOptions Read(SettingsReader settings)
    {
        BotOptions bot = BotOptions.Read(settings);
        StorageOptions storage = StorageOptions.Read(settings);
        return new AzkerOptions(
            bot,
            WebhookOptions.Read(settings, bot.IsOwnServer),
            PollingOptions.Read(settings, isStandbyByDefault: storage.IsConfigured),
            FallbackOptions.Read(settings),
            DeliveryOptions.Read(settings, storage),
            storage,
            LockOptions.Read(settings, bot.Token?.BotId));
    }
}
