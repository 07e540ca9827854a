namespace Azker.Core.Configuration;

/// <summary>
/// The names of all settings, as they stand in the environment, in <c>.env</c> and in <c>local.settings.json</c>.
/// </summary>
public static class SettingNames
{
    /// <summary>See <see cref="BotOptions.Token"/>.</summary>
    public const string TelegramBotToken = "TELEGRAM_BOT_TOKEN";

    /// <summary>See <see cref="BotOptions.ApiUrl"/>.</summary>
    public const string TelegramApiUrl = "TELEGRAM_API_URL";

    /// <summary>See <see cref="BotOptions.ApiLocal"/>.</summary>
    public const string TelegramApiLocal = "TELEGRAM_API_LOCAL";

    /// <summary>See <see cref="BotOptions.TestEnvironment"/>.</summary>
    public const string TelegramTestEnvironment = "TELEGRAM_TEST_ENVIRONMENT";

    /// <summary>See <see cref="BotOptions.AllowedUpdates"/>.</summary>
    public const string AllowedUpdates = "ALLOWED_UPDATES";

    /// <summary>See <see cref="NetworkOptions.TelegramProxy"/>.</summary>
    public const string TelegramProxy = "TELEGRAM_PROXY";

    /// <summary>See <see cref="NetworkOptions.HttpsProxy"/>.</summary>
    public const string HttpsProxy = "HTTPS_PROXY";

    /// <summary>See <see cref="NetworkOptions.HttpProxy"/>.</summary>
    public const string HttpProxy = "HTTP_PROXY";

    /// <summary>See <see cref="NetworkOptions.AllProxy"/>.</summary>
    public const string AllProxy = "ALL_PROXY";

    /// <summary>See <see cref="NetworkOptions.NoProxy"/>.</summary>
    public const string NoProxy = "NO_PROXY";

    /// <summary>See <see cref="NetworkOptions.HealthProxy"/>.</summary>
    public const string WebhookHealthProxy = "WEBHOOK_HEALTH_PROXY";

    /// <summary>See <see cref="NetworkOptions.ConnectTimeout"/>.</summary>
    public const string TelegramConnectTimeout = "TELEGRAM_CONNECT_TIMEOUT";

    /// <summary>See <see cref="WebhookOptions.UseWebhook"/>.</summary>
    public const string UseWebhook = "USE_WEBHOOK";

    /// <summary>See <see cref="WebhookOptions.Url"/>.</summary>
    public const string WebhookUrl = "WEBHOOK_URL";

    /// <summary>See <see cref="WebhookOptions.Path"/>.</summary>
    public const string WebhookPath = "WEBHOOK_PATH";

    /// <summary>See <see cref="WebhookOptions.HealthUrl"/>.</summary>
    public const string WebhookHealthUrl = "WEBHOOK_HEALTH_URL";

    /// <summary>See <see cref="WebhookOptions.Secret"/>.</summary>
    public const string WebhookSecret = "WEBHOOK_SECRET";

    /// <summary>See <see cref="WebhookOptions.PreviousSecret"/>.</summary>
    public const string WebhookSecretPrevious = "WEBHOOK_SECRET_PREVIOUS";

    /// <summary>See <see cref="WebhookOptions.Listen"/>.</summary>
    public const string WebhookListen = "WEBHOOK_LISTEN";

    /// <summary>See <see cref="WebhookOptions.HealthListen"/>.</summary>
    public const string HealthListen = "HEALTH_LISTEN";

    /// <summary>See <see cref="WebhookOptions.MaxConnections"/>.</summary>
    public const string WebhookMaxConnections = "WEBHOOK_MAX_CONNECTIONS";

    /// <summary>See <see cref="WebhookOptions.IpAddress"/>.</summary>
    public const string WebhookIpAddress = "WEBHOOK_IP_ADDRESS";

    /// <summary>See <see cref="WebhookOptions.Certificate"/>.</summary>
    public const string WebhookCertificate = "WEBHOOK_CERTIFICATE";

    /// <summary>See <see cref="WebhookOptions.GuardSchedule"/>.</summary>
    public const string WebhookGuardSchedule = "WEBHOOK_GUARD_SCHEDULE";

    /// <summary>See <see cref="WebhookOptions.GuardInterval"/>.</summary>
    public const string WebhookGuardInterval = "WEBHOOK_GUARD_INTERVAL";

    /// <summary>See <see cref="WebhookOptions.DeleteOnShutdown"/>.</summary>
    public const string WebhookDeleteOnShutdown = "WEBHOOK_DELETE_ON_SHUTDOWN";

    /// <summary>See <see cref="FallbackOptions.Grace"/>.</summary>
    public const string FallbackGrace = "FALLBACK_GRACE";

    /// <summary>See <see cref="FallbackOptions.FailbackDelay"/>.</summary>
    public const string FailbackDelay = "FAILBACK_DELAY";

    /// <summary>See <see cref="FallbackOptions.MaxFailbackDelay"/>.</summary>
    public const string FailbackDelayMax = "FAILBACK_DELAY_MAX";

    /// <summary>See <see cref="FallbackOptions.CheckInterval"/>.</summary>
    public const string FallbackCheckInterval = "FALLBACK_CHECK_INTERVAL";

    /// <summary>See <see cref="PollingOptions.Timeout"/>.</summary>
    public const string PollTimeout = "POLL_TIMEOUT";

    /// <summary>See <see cref="PollingOptions.Grace"/>.</summary>
    public const string PollGrace = "POLL_GRACE";

    /// <summary>See <see cref="PollingOptions.StopWait"/>.</summary>
    public const string PollStopWait = "POLL_STOP_WAIT";

    /// <summary>See <see cref="PollingOptions.ConfirmTimeout"/>.</summary>
    public const string PollConfirmTimeout = "POLL_CONFIRM_TIMEOUT";

    /// <summary>See <see cref="PollingOptions.Standby"/>.</summary>
    public const string LockWait = "LOCK_WAIT";

    /// <summary>See <see cref="LockOptions.Container"/>.</summary>
    public const string LockContainer = "LOCK_CONTAINER";

    /// <summary>See <see cref="LockOptions.Name"/>.</summary>
    public const string LockName = "LOCK_NAME";

    /// <summary>See <see cref="LockOptions.LeaseDuration"/>.</summary>
    public const string LockLeaseDuration = "LOCK_LEASE_DURATION";

    /// <summary>See <see cref="LockOptions.Deadline"/>.</summary>
    public const string LockDeadline = "LOCK_DEADLINE";

    /// <summary>See <see cref="LockOptions.RenewInterval"/>.</summary>
    public const string LockRenewInterval = "LOCK_RENEW_INTERVAL";

    /// <summary>See <see cref="LockOptions.AttemptTimeout"/>.</summary>
    public const string LockAttemptTimeout = "LOCK_ATTEMPT_TIMEOUT";

    /// <summary>See <see cref="LockOptions.FastTakeover"/>.</summary>
    public const string LockFastTakeover = "LOCK_FAST_TAKEOVER";

    /// <summary>See <see cref="DeliveryOptions.MaxConcurrentUpdates"/>.</summary>
    public const string MaxConcurrentUpdates = "MAX_CONCURRENT_UPDATES";

    /// <summary>See <see cref="DeliveryOptions.MaxAttempts"/>.</summary>
    public const string MaxAttempts = "MAX_ATTEMPTS";

    /// <summary>See <see cref="DeliveryOptions.DeadLetterMax"/>.</summary>
    public const string DeadLetterMax = "DEAD_LETTER_MAX";

    /// <summary>See <see cref="DeliveryOptions.MaxBackgroundUpdates"/>.</summary>
    public const string MaxBackgroundUpdates = "MAX_BACKGROUND_UPDATES";

    /// <summary>See <see cref="DeliveryOptions.AcknowledgeAfter"/>.</summary>
    public const string AcknowledgeAfter = "ACKNOWLEDGE_AFTER";

    /// <summary>See <see cref="DeliveryOptions.MaxUpdateAge"/>.</summary>
    public const string MaxUpdateAge = "MAX_UPDATE_AGE";

    /// <summary>See <see cref="DeliveryOptions.DeadLetterRetention"/>.</summary>
    public const string DeadLetterRetention = "DEAD_LETTER_RETENTION";

    /// <summary>See <see cref="DeliveryOptions.HandlerTimeout"/>.</summary>
    public const string HandlerTimeout = "HANDLER_TIMEOUT";

    /// <summary>See <see cref="DeliveryOptions.ShutdownTimeout"/>.</summary>
    public const string ShutdownTimeout = "SHUTDOWN_TIMEOUT";

    /// <summary>See <see cref="DeliveryOptions.Ledger"/>.</summary>
    public const string UpdateLedger = "UPDATE_LEDGER";

    /// <summary>See <see cref="StorageOptions.DataDirectory"/>.</summary>
    public const string DataDirectory = "DATA_DIR";

    /// <summary>See <see cref="StorageOptions.ConnectionString"/>.</summary>
    public const string Storage = "AzureWebJobsStorage";

    /// <summary>See <see cref="StorageOptions.AccountName"/>.</summary>
    public const string StorageAccountName = "AzureWebJobsStorage__accountName";

    /// <summary>See <see cref="StorageOptions.Credential"/>.</summary>
    public const string StorageCredential = "AzureWebJobsStorage__credential";

    /// <summary>See <see cref="StorageOptions.ClientId"/>.</summary>
    public const string StorageClientId = "AzureWebJobsStorage__clientId";

    /// <summary>See <see cref="StorageOptions.ManagedIdentityResourceId"/>.</summary>
    public const string StorageManagedIdentityResourceId = "AzureWebJobsStorage__managedIdentityResourceId";

    /// <summary>See <see cref="StorageOptions.TenantId"/>.</summary>
    public const string StorageTenantId = "AzureWebJobsStorage__tenantId";

    /// <summary>See <see cref="StorageOptions.BlobServiceUri"/>.</summary>
    public const string StorageBlobServiceUri = "AzureWebJobsStorage__blobServiceUri";

    /// <summary>See <see cref="StorageOptions.TableServiceUri"/>.</summary>
    public const string StorageTableServiceUri = "AzureWebJobsStorage__tableServiceUri";

    /// <summary>See <see cref="StorageOptions.QueueServiceUri"/>.</summary>
    public const string StorageQueueServiceUri = "AzureWebJobsStorage__queueServiceUri";

    /// <summary>See <see cref="LogOptions.Format"/>.</summary>
    public const string LogFormat = "LOG_FORMAT";

    /// <summary>See <see cref="DashboardOptions.Key"/>.</summary>
    public const string DashboardKey = "DASHBOARD_KEY";

    /// <summary>See <see cref="DashboardOptions.Listen"/>.</summary>
    public const string DashboardListen = "DASHBOARD_LISTEN";
}
