using Azker.Core.Configuration.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Azker.Core.Configuration;

/// <summary>The options of one bot.</summary>
/// <remarks>
/// The values come from a configuration, which names them as <see cref="SettingNames"/> does, and then from code, which
/// wins. After both, the defaults that depend on other options are filled in, and all options are validated together: an
/// <see cref="OptionsValidationException"/> has one line for each fault.
/// </remarks>
public sealed class AzkerOptions
{
    /// <summary>The bot, and its Bot API server.</summary>
    public BotOptions Bot { get; } = new();

    /// <summary>The way from this machine to Telegram.</summary>
    public NetworkOptions Network { get; } = new();

    /// <summary>How Telegram reaches the bot's webhook.</summary>
    public WebhookOptions Webhook { get; } = new();

    /// <summary>How the bot polls.</summary>
    public PollingOptions Polling { get; } = new();

    /// <summary>When polling replaces the webhook, and when the webhook receives again.</summary>
    public FallbackOptions Fallback { get; } = new();

    /// <summary>How updates are delivered to their handlers.</summary>
    public DeliveryOptions Delivery { get; } = new();

    /// <summary>Where Azker keeps the data that must outlive a run.</summary>
    public StorageOptions Storage { get; } = new();

    /// <summary>How the receiver lock is held in a storage account.</summary>
    public LockOptions Lock { get; } = new();

    /// <summary>How the console writes its log.</summary>
    public LogOptions Log { get; } = new();

    /// <summary>The key of the dashboard, and where the console serves it.</summary>
    public DashboardOptions Dashboard { get; } = new();

    /// <summary>
    /// Whether the updates that are pending at Telegram are dropped when the run starts. Default
    /// <see langword="false"/>. No setting exists for it: a start that drops updates is ordered for this start alone.
    /// </summary>
    public bool DropPending { get; set; }

    /// <summary>The texts that must not appear in any output, except the secret that is derived from the token.</summary>
    internal IEnumerable<string?> Secrets => [.. Bot.Token.Secrets, Webhook.Secret, Webhook.PreviousSecret, Dashboard.Key, .. Network.Secrets, .. Storage.Secrets];

    /// <summary>The values that the configuration gave.</summary>
    internal ConfiguredValues Configured { get; } = new();

    /// <summary>Reads, completes and validates all settings in one step, without a container.</summary>
    /// <param name="configuration">The configuration, with the settings of <see cref="SettingNames"/> at its root.</param>
    /// <returns>The options, complete and valid.</returns>
    /// <exception cref="OptionsValidationException">
    /// Settings are faulty. <see cref="OptionsValidationException.Failures"/> has one line for each fault, with the
    /// setting's name, its value unless that is a secret, what is allowed and what to do.
    /// </exception>
    internal static AzkerOptions Read(IConfiguration configuration)
    {
        string name = Options.DefaultName;
        var options = new AzkerOptions();
        new AzkerSettings(name, configuration).Configure(options);
        new AzkerOptionsCompletion().PostConfigure(name, options);
        ValidateOptionsResult result = new AzkerOptionsValidation().Validate(name, options);
        return result.Failed ? throw new OptionsValidationException(name, typeof(AzkerOptions), result.Failures) : options;
    }
}
