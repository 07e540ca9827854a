using Azker.Core.Configuration;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Options;

namespace Azker.Core.Tests.Configuration;

public class AzkerOptionsTests
{
    [Fact]
    public void A_token_alone_gives_the_documented_defaults()
    {
        AzkerOptions options = Settings.Read();

        Assert.Equal(123456, options.Bot.Token.BotId);
        Assert.Equal(new Uri("https://api.telegram.org"), options.Bot.ApiUrl);
        Assert.False(options.Bot.IsLocalServer);
        Assert.DoesNotContain("chat_member", options.Bot.AllowedUpdates);
        Assert.Contains("callback_query", options.Bot.AllowedUpdates);
        Assert.False(options.Webhook.UseWebhook);
        Assert.Equal("/webhook", options.Webhook.Path);
        Assert.Equal(TimeSpan.FromSeconds(50), options.Polling.Timeout);
        Assert.False(options.Polling.Standby);
        Assert.False(options.Polling.TakeOver);
        Assert.Equal(100, options.Delivery.MaxConcurrentUpdates);
        Assert.Equal(1000, options.Delivery.MaxBackgroundUpdates);
        Assert.Equal(TimeSpan.FromSeconds(5), options.Delivery.AcknowledgeAfter);
        Assert.Equal(TimeSpan.Zero, options.Delivery.MaxUpdateAge);
        Assert.Equal(TimeSpan.FromDays(30), options.Delivery.DeadLetterRetention);
        Assert.Equal(5, options.Delivery.MaxAttempts);
        Assert.Equal(TimeSpan.FromSeconds(300), options.Delivery.HandlerTimeout);
        Assert.Equal(TimeSpan.FromSeconds(25), options.Delivery.ShutdownTimeout);
        Assert.Equal(DefaultDataDirectory.OfUser(123456), options.Storage.DataDirectory);
        Assert.False(options.Storage.IsConfigured);
        Assert.Equal(UpdateLedgerKind.File, options.Delivery.Ledger);
    }

    [Theory]
    [InlineData(null, null, UpdateLedgerKind.File)]
    [InlineData(null, "UseDevelopmentStorage=true", UpdateLedgerKind.Table)]
    [InlineData("memory", "UseDevelopmentStorage=true", UpdateLedgerKind.Memory)]
    [InlineData("File", "UseDevelopmentStorage=true", UpdateLedgerKind.File)]
    [InlineData("TABLE", "UseDevelopmentStorage=true", UpdateLedgerKind.Table)]
    public void The_ledger_follows_the_storage_unless_it_is_set(string? chosen, string? storage, UpdateLedgerKind expected) =>
        Assert.Equal(expected, Settings.Read((SettingNames.UpdateLedger, chosen), (SettingNames.Storage, storage)).Delivery.Ledger);

    [Theory]
    [InlineData("table", null, "UPDATE_LEDGER: it is table, and no storage account is set; set AzureWebJobsStorage, or leave it out for file.")]
    [InlineData("disk", null, "UPDATE_LEDGER: 'disk' is neither memory nor file nor table; leave it out for table with a storage account, and file without a storage account.")]
    [InlineData(null, "https://a.example.com", "UPDATE_LEDGER: it is table by default, and of the storage account only AzureWebJobsStorage__blobServiceUri is set; set AzureWebJobsStorage__tableServiceUri too, or set UPDATE_LEDGER to file or memory.")]
    public void A_ledger_that_the_storage_does_not_allow_is_a_fault(string? chosen, string? blobs, string fault)
    {
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(
            () => Settings.Read((SettingNames.UpdateLedger, chosen), (SettingNames.StorageBlobServiceUri, blobs)));

        Assert.Equal(fault, error.Message);
    }

    [Fact]
    public void With_both_services_of_an_account_the_ledger_is_a_table() => Assert.Equal(
        UpdateLedgerKind.Table,
        Settings.Read((SettingNames.StorageBlobServiceUri, "https://b.example.com"), (SettingNames.StorageTableServiceUri, "https://t.example.com")).Delivery.Ledger);

    [Fact]
    public void All_faults_are_reported_at_once_each_with_name_value_and_remedy()
    {
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => AzkerOptions.Read(Settings.Of(
            (SettingNames.TelegramApiUrl, "ftp://x"),
            (SettingNames.AllowedUpdates, "message,mesage"),
            (SettingNames.UseWebhook, "true"),
            (SettingNames.WebhookPath, "hook"),
            (SettingNames.WebhookSecret, "not allowed!"),
            (SettingNames.PollTimeout, "51"),
            (SettingNames.MaxConcurrentUpdates, "0"),
            (SettingNames.HandlerTimeout, "soon"),
            (SettingNames.Storage, "UseDevelopmentStorage=true"),
            (SettingNames.StorageBlobServiceUri, "https://account.example.com"))));

        Assert.Equal(
            [
                "TELEGRAM_BOT_TOKEN: it is not set; set the token that @BotFather gave you, such as 123456789:AAE-and-33-more-characters.",
                "TELEGRAM_API_URL: 'ftp://x' is not an http or https URL; give the whole URL, such as https://bot.example.com.",
            ],
            error.Failures.Take(2));
        Assert.Contains(error.Failures, fault => fault.StartsWith("ALLOWED_UPDATES: 'mesage' is not a kind of update; choose from message, ", StringComparison.Ordinal));
        Assert.Contains("WEBHOOK_PATH: 'hook' is not a path of letters, digits and - . _ ~ / after a first slash; leave it out for /webhook.", error.Failures);
        Assert.Contains("WEBHOOK_URL: it is not set, and USE_WEBHOOK is true; set the URL at which Telegram reaches the bot, or set USE_WEBHOOK to false to poll.", error.Failures);
        Assert.Contains("POLL_TIMEOUT: '51' is not a number of seconds from 1 to 50; leave it out for 50.", error.Failures);
        Assert.Contains("MAX_CONCURRENT_UPDATES: '0' is not a whole number from 1 to 1000; leave it out for 100.", error.Failures);
        Assert.Contains("HANDLER_TIMEOUT: 'soon' is not a number of seconds from 0.1 to 86400; leave it out for 300.", error.Failures);
        Assert.Contains("AzureWebJobsStorage: it is set, and so is AzureWebJobsStorage__blobServiceUri; keep one of the two settings.", error.Failures);
    }

    [Theory]
    [InlineData(SettingNames.TelegramBotToken, "123456:secret-but-too-short")]
    [InlineData(SettingNames.TelegramBotToken, "0123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData(SettingNames.TelegramBotToken, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData(SettingNames.WebhookSecret, "secret with blanks")]
    [InlineData(SettingNames.WebhookSecretPrevious, "secret,with,commas")]
    [InlineData(SettingNames.TelegramApiUrl, "127.0.0.1:8081/bot123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData(SettingNames.WebhookUrl, "ftp://user:password@bot.example.com")]
    [InlineData(SettingNames.StorageBlobServiceUri, "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=a2V5")]
    public void A_faulty_secret_is_named_but_never_shown(string name, string value)
    {
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => Settings.Read((name, value)));

        Assert.StartsWith(name, Assert.Single(error.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain(value, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8081", "http://127.0.0.1:8081/")]
    [InlineData("http://bot-api.lan:8081/", "http://bot-api.lan:8081/")]
    [InlineData("http://telegram-bot-api:8081", "http://telegram-bot-api:8081/")]
    [InlineData("http://localhost:8081/api/", "http://localhost:8081/api")]
    [InlineData("http://[fd00::1]:8081", "http://[fd00::1]:8081/")]
    [InlineData("http://[::ffff:10.0.0.1]:8081", "http://[::ffff:10.0.0.1]:8081/")]
    public void A_Bot_API_server_of_your_own_can_be_set(string value, string url)
    {
        BotOptions bot = Settings.Read((SettingNames.TelegramApiUrl, value)).Bot;

        Assert.Equal(new Uri(url), bot.ApiUrl);
        Assert.True(bot.IsLocalServer);
    }

    [Theory]
    [InlineData("https://tg.example.com/api", "", false)]
    [InlineData("https://8.8.8.8", "", false)]
    [InlineData("https://tg.example.com", "true", true)]
    [InlineData("http://127.0.0.1:8081", "false", false)]
    [InlineData("https://api.telegram.org", "", false)]
    public void A_server_at_a_public_host_is_local_only_if_the_settings_say_so(string value, string local, bool isLocal) =>
        Assert.Equal(isLocal, Settings.Read((SettingNames.TelegramApiUrl, value), (SettingNames.TelegramApiLocal, local)).Bot.IsLocalServer);

    [Fact]
    public void The_server_of_Telegram_is_not_local()
    {
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => Settings.Read((SettingNames.TelegramApiLocal, "true")));

        Assert.Equal(
            "TELEGRAM_API_LOCAL: it is true, and TELEGRAM_API_URL is Telegram's own server; leave it out, or set TELEGRAM_API_URL to the server that runs with --local.",
            Assert.Single(error.Failures));
    }

    [Theory]
    [InlineData("http://127.0.0.1:8081/api?key=word")]
    [InlineData("https://api.telegram.org/bot123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAword")]
    [InlineData("http://user:word@127.0.0.1:8081")]
    public void An_API_URL_with_more_than_scheme_host_port_and_path_is_refused(string value)
    {
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => Settings.Read((SettingNames.TelegramApiUrl, value)));

        Assert.Contains("give scheme, host and port", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("word", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://bot.example.com", "/webhook", "https://bot.example.com/webhook")]
    [InlineData("https://bot.example.com/", "/hooks/a", "https://bot.example.com/hooks/a")]
    [InlineData("https://bot.example.com/hooks/a", "/hooks/a", "https://bot.example.com/hooks/a")]
    [InlineData("https://bot.example.com/bot1/webhook", "/webhook", "https://bot.example.com/bot1/webhook")]
    public void The_webhook_URL_ends_in_the_webhook_path(string url, string path, string whole) =>
        Assert.Equal(new Uri(whole), Settings.Read((SettingNames.WebhookUrl, url), (SettingNames.WebhookPath, path)).Webhook.Url);

    [Fact]
    public void A_webhook_URL_whose_path_is_not_the_webhook_path_is_refused()
    {
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => Settings.Read((SettingNames.WebhookUrl, "https://bot.example.com/other")));

        Assert.Equal("WEBHOOK_URL: its path is '/other', and WEBHOOK_PATH is '/webhook'; end the URL with that path, or leave the path out of the URL.", error.Message);
    }

    [Theory]
    [InlineData("/..")]
    [InlineData("/a/./b")]
    public void A_webhook_path_that_a_URL_would_not_keep_is_refused(string path) => Assert.Equal(
        [$"WEBHOOK_PATH: '{path}' has . or .. as a part, which a URL does not keep; leave it out for /webhook."],
        Assert.Throws<OptionsValidationException>(() => Settings.Read((SettingNames.WebhookPath, path))).Failures);
}
