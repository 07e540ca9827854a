using Azker.Core.Configuration.Settings;
using Azker.Core.Updates;
using Microsoft.Extensions.Options;

namespace Azker.Core.Configuration;

/// <summary>
/// The second of three steps: fills in the defaults that depend on other options, after the configuration and all code
/// have set theirs. A null that code has set where null means nothing gives the default.
/// </summary>
internal sealed class AzkerOptionsCompletion : IPostConfigureOptions<AzkerOptions>
{
    public void PostConfigure(string? name, AzkerOptions options)
    {
        Complete(options.Bot);
        Complete(options.Webhook);
        Complete(options.Storage, name ?? Options.DefaultName, options.Bot.Token);
        CompleteServices(options.Storage);
        options.Storage.Network = options.Network;
        Complete(options.Lock, options.Bot.Token);
        options.Polling.Standby ??= options.Storage.IsConfigured;
        options.Delivery.Ledger ??= DefaultLedger(options.Storage);
    }

    /// <summary>Null for an account whose tables are unknown: instances on other machines would not see a file.</summary>
    private static UpdateLedgerKind? DefaultLedger(StorageOptions storage) => storage switch
    {
        { IsConfigured: false } => UpdateLedgerKind.File,
        { HasTables: true } => UpdateLedgerKind.Table,
        _ => null,
    };

    private static void Complete(BotOptions bot)
    {
        bot.Token ??= BotToken.None;
        bot.ApiUrl ??= BotOptions.TelegramApiUrl;
        if (bot.ApiUrl is { IsAbsoluteUri: true, AbsolutePath.Length: > 1, Query: "", Fragment: "" } url && url.AbsolutePath.EndsWith('/'))
        {
            bot.ApiUrl = new Uri(url.AbsoluteUri.TrimEnd('/'));
        }

        if (bot.AllowedUpdates is not { Count: > 0 })
        {
            bot.AllowedUpdates = UpdateKind.Default;
        }
    }

    private static void Complete(WebhookOptions webhook)
    {
        webhook.Path ??= WebhookOptions.DefaultPath;
        webhook.GuardSchedule ??= WebhookOptions.DefaultGuardSchedule;
        if (webhook.Url is { IsAbsoluteUri: true } url && WebhookForms.HasNoPath(url) && WebhookForms.CheckPath(webhook.Path) is null)
        {
            webhook.Url = new Uri(url, webhook.Path);
        }
    }

    private static void Complete(StorageOptions storage, string name, BotToken token)
    {
        if (!storage.IsDataDirectorySet)
        {
            storage.UseDefaultDirectory(DefaultDataDirectory.Of(name, token.BotId, storage.AppRoot));
        }
        else if (!string.IsNullOrWhiteSpace(storage.DataDirectory))
        {
            storage.DataDirectory = Path.GetFullPath(storage.DataDirectory);
        }
    }

    /// <summary>A name that cannot be a host is left to the validation.</summary>
    private static void CompleteServices(StorageOptions storage)
    {
        if (storage.AccountName is { } account && StorageForms.CheckAccountName(account) is null)
        {
            storage.BlobServiceUri ??= StorageForms.ServiceUrl(account, "blob");
            storage.TableServiceUri ??= StorageForms.ServiceUrl(account, "table");
            storage.QueueServiceUri ??= StorageForms.ServiceUrl(account, "queue");
        }
    }

    private static void Complete(LockOptions options, BotToken token)
    {
        options.Container ??= LockOptions.DefaultContainer;
        if (string.IsNullOrEmpty(options.Name))
        {
            options.Name = LockSettings.DefaultName(token);
        }
    }
}
