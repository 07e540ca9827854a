namespace Azker.Core.Configuration.Settings;

/// <summary>The rules that bind settings to each other. A value that is faulty by itself is not compared.</summary>
internal static class SettingRules
{
    public static void Check(AzkerOptions options, SettingFaults faults)
    {
        CheckServer(options.Bot, faults);
        CheckUrl(options.Webhook, faults);
        CheckFallback(options.Fallback, faults);
        CheckLock(options.Lock, faults);
        CheckDirectory(options.Storage, faults);
        StorageRules.Check(options.Storage, faults);
        CheckTables(options, faults);
        CheckLedger(options, faults);
    }

    private static void CheckServer(BotOptions bot, SettingFaults faults)
    {
        if (bot is { ApiLocal: true, ApiUrl.Host: var host } && host == BotOptions.TelegramApiUrl.Host)
        {
            string server = faults.NameOf(SettingNames.TelegramApiUrl);
            faults.Add(SettingNames.TelegramApiLocal, SettingTexts.FormatLocalServer(server), SettingTexts.FormatGiveLocalServer(server));
        }
    }

    private static void CheckUrl(WebhookOptions webhook, SettingFaults faults)
    {
        if (faults.Has(SettingNames.WebhookUrl))
        {
            return;
        }

        if (webhook is { UseWebhook: true, Url: null })
        {
            string use = faults.NameOf(SettingNames.UseWebhook);
            faults.Add(SettingNames.WebhookUrl, SettingTexts.FormatUrlMissing(use), SettingTexts.FormatGiveUrlOrPoll(use));
        }
        else if (webhook.Url is { } url && !WebhookForms.HasNoPath(url) && !url.AbsolutePath.EndsWith(webhook.Path, StringComparison.Ordinal) && !faults.Has(SettingNames.WebhookPath))
        {
            faults.Add(SettingNames.WebhookUrl, SettingTexts.FormatPathDiffers(url.AbsolutePath, faults.NameOf(SettingNames.WebhookPath), webhook.Path), SettingTexts.EndWithPath);
        }
    }

    private static void CheckDirectory(StorageOptions storage, SettingFaults faults)
    {
        if (!faults.Has(SettingNames.DataDirectory) && DefaultDataDirectory.IsBelow(storage.DataDirectory, storage.AppRoot))
        {
            faults.Add(SettingNames.DataDirectory, SettingTexts.FormatDirectoryOfApp(storage.DataDirectory), SettingTexts.DirectoryElsewhere);
        }
    }

    private static void CheckFallback(FallbackOptions fallback, SettingFaults faults)
    {
        Compare(faults, SettingNames.FailbackDelayMax, fallback.MaxFailbackDelay, SettingNames.FailbackDelay, fallback.FailbackDelay,
            fallback.MaxFailbackDelay >= fallback.FailbackDelay, SettingTexts.FormatIsBelow);
        Compare(faults, SettingNames.FallbackCheckInterval, fallback.CheckInterval, SettingNames.FallbackGrace, fallback.Grace,
            fallback.CheckInterval <= fallback.Grace, SettingTexts.FormatIsAbove);
    }

    private static void CheckLock(LockOptions options, SettingFaults faults)
    {
        Compare(faults, SettingNames.LockAttemptTimeout, options.AttemptTimeout, SettingNames.LockRenewInterval, options.RenewInterval,
            options.AttemptTimeout < options.RenewInterval, SettingTexts.FormatIsNotBelow);
        Compare(faults, SettingNames.LockRenewInterval, options.RenewInterval, SettingNames.LockDeadline, options.Deadline,
            options.RenewInterval < options.Deadline, SettingTexts.FormatIsNotBelow);
        Compare(faults, SettingNames.LockDeadline, options.Deadline, SettingNames.LockLeaseDuration, options.LeaseDuration,
            options.Deadline <= options.LeaseDuration * LockOptions.MaxDeadlineRatio, (value, name, other) => SettingTexts.FormatIsNotWithin(value, name, other, LockOptions.MaxDeadlineRatio));
        CheckRenewal(options, faults);
    }

    /// <summary>The latest renewal must have its whole time limit before the deadline.</summary>
    private static void CheckRenewal(LockOptions options, SettingFaults faults)
    {
        string[] names = [SettingNames.LockAttemptTimeout, SettingNames.LockRenewInterval, SettingNames.LockDeadline];
        TimeSpan latest = (options.RenewInterval * (1 + LockOptions.RenewJitter)) + options.AttemptTimeout;
        if (latest > options.Deadline && !names.Any(faults.Has))
        {
            faults.Add(SettingNames.LockRenewInterval,
                SettingTexts.FormatRenewalTogether(
                    options.RenewInterval.TotalSeconds,
                    LockOptions.RenewJitter * 100,
                    faults.NameOf(SettingNames.LockAttemptTimeout),
                    options.AttemptTimeout.TotalSeconds,
                    faults.NameOf(SettingNames.LockDeadline),
                    options.Deadline.TotalSeconds),
                SettingTexts.ChangeOneOfThree);
        }
    }

    private static void Compare(
        SettingFaults faults, string name, TimeSpan value, string otherName, TimeSpan other, bool isAllowed, Func<object?, object?, object?, string> describe)
    {
        if (!isAllowed && !faults.Has(name) && !faults.Has(otherName))
        {
            faults.Add(name, describe(value.TotalSeconds, faults.NameOf(otherName), other.TotalSeconds), SettingTexts.ChangeOneOfTwo);
        }
    }

    private static void CheckTables(AzkerOptions options, SettingFaults faults)
    {
        if (options is { Delivery.Ledger: UpdateLedgerKind.Table, Storage.ConnectionString: { } connection }
            && !faults.Has(SettingNames.Storage)
            && !StorageForms.HasTables(connection))
        {
            faults.Add(SettingNames.Storage, SettingTexts.NoTables, SettingTexts.FormatGiveTables(faults.NameOf(SettingNames.UpdateLedger)));
        }
    }

    private static void CheckLedger(AzkerOptions options, SettingFaults faults)
    {
        StorageOptions storage = options.Storage;
        if (storage.HasTables || options.Delivery.Ledger is UpdateLedgerKind.Memory or UpdateLedgerKind.File || faults.Has(SettingNames.UpdateLedger))
        {
            return;
        }

        if (storage.IsConfigured)
        {
            string set = faults.NameOf(SettingNames.StorageBlobServiceUri);
            faults.Add(SettingNames.UpdateLedger,
                options.Delivery.Ledger is null ? SettingTexts.FormatLedgerTableByDefault(set) : SettingTexts.FormatLedgerTable(set),
                SettingTexts.FormatGiveTableService(faults.NameOf(SettingNames.StorageTableServiceUri), faults.NameOf(SettingNames.UpdateLedger)));
        }
        else
        {
            faults.Add(SettingNames.UpdateLedger, SettingTexts.LedgerWithoutAccount, SettingTexts.FormatGiveAccountForLedger(faults.NameOf(SettingNames.Storage)));
        }
    }
}
