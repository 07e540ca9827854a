using Azker.Core.Configuration;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Azker.Core.Tests.Configuration;

/// <summary>The options as a container makes them: of a configuration, of code, and of several bots.</summary>
public sealed class AzkerOptionsServicesTests
{
    [Fact]
    public void Options_are_set_in_code_alone()
    {
        AzkerOptions options = Of(null, options =>
        {
            options.Bot.Token = Settings.Token;
            options.Bot.AllowedUpdates = ["message"];
            options.Webhook.UseWebhook = true;
            options.Webhook.Url = new Uri("https://bot.example.com");
        });

        Assert.Equal(123456, options.Bot.Token.BotId);
        Assert.Equal(["message"], options.Bot.AllowedUpdates);
        Assert.Equal(new Uri("https://bot.example.com/webhook"), options.Webhook.Url);
        Assert.Equal("bot-123456", options.Lock.Name);
        Assert.Equal(UpdateLedgerKind.File, options.Delivery.Ledger);
        Assert.False(options.Polling.Standby);
        Assert.Equal(DefaultDataDirectory.OfUser(123456), options.Storage.DataDirectory);
    }

    [Fact]
    public void The_dependent_defaults_follow_a_storage_account_that_code_sets()
    {
        AzkerOptions options = Of(Root(), options => options.Storage.ConnectionString = "UseDevelopmentStorage=true");

        Assert.Equal(UpdateLedgerKind.Table, options.Delivery.Ledger);
        Assert.True(options.Polling.Standby);
    }

    [Fact]
    public void The_dependent_defaults_do_not_replace_what_code_sets()
    {
        AzkerOptions options = Of(Root(), options =>
        {
            options.Storage.ConnectionString = "UseDevelopmentStorage=true";
            (options.Delivery.Ledger, options.Polling.Standby, options.Lock.Name) = (UpdateLedgerKind.Memory, false, "shared");
            options.Webhook.Url = new Uri("https://bot.example.com/webhook?key=1");
        });

        Assert.Equal(UpdateLedgerKind.Memory, options.Delivery.Ledger);
        Assert.False(options.Polling.Standby);
        Assert.Equal("shared", options.Lock.Name);
        Assert.Equal(new Uri("https://bot.example.com/webhook?key=1"), options.Webhook.Url);
    }

    [Fact]
    public void Null_in_code_means_the_default()
    {
        AzkerOptions options = Of(Root(), options =>
        {
            (options.Bot.ApiUrl, options.Bot.AllowedUpdates) = (null!, null!);
            (options.Webhook.Path, options.Webhook.GuardSchedule) = (null!, null!);
            (options.Lock.Container, options.Lock.Name, options.Storage.DataDirectory) = (null!, null!, null!);
        });

        Assert.Equivalent(Of(Root()), options, strict: true);
    }

    [Fact]
    public void Code_wins_over_the_configuration()
    {
        AzkerOptions options = Of(
            Root((SettingNames.HandlerTimeout, "20"), (SettingNames.PollTimeout, "5"), (SettingNames.MaxAttempts, "1000")),
            options => (options.Delivery.HandlerTimeout, options.Delivery.MaxAttempts) = (options.Delivery.HandlerTimeout / 2, 3));

        Assert.Equal(TimeSpan.FromSeconds(10), options.Delivery.HandlerTimeout);
        Assert.Equal(TimeSpan.FromSeconds(5), options.Polling.Timeout);
        Assert.Equal(3, options.Delivery.MaxAttempts);
    }

    [Fact]
    public void All_faults_of_values_set_in_code_are_reported_at_once() => Assert.Equal(
        [
            "TELEGRAM_BOT_TOKEN (Bot.Token): it is not set; set the token that @BotFather gave you, such as 123456789:AAE-and-33-more-characters.",
            "TELEGRAM_API_URL (Bot.ApiUrl): 'ftp://x' is not an http or https URL; give the whole URL, such as https://bot.example.com.",
            "WEBHOOK_URL (Webhook.Url): it is not set, and USE_WEBHOOK is true; set the URL at which Telegram reaches the bot, or set USE_WEBHOOK to false to poll.",
            "WEBHOOK_PATH (Webhook.Path): '/webhook\n' is not a path of letters, digits and - . _ ~ / after a first slash; leave it out for /webhook.",
            "WEBHOOK_SECRET (Webhook.Secret): its value (not shown here) is not 1 to 256 of the characters A-Z a-z 0-9 _ -; choose another secret, or leave it out: then the secret is derived from the token.",
            "WEBHOOK_LISTEN (Webhook.Listen): '/relative' is not an http or https URL; give the whole URL, such as https://bot.example.com.",
            "WEBHOOK_MAX_CONNECTIONS (Webhook.MaxConnections): '0' is not a whole number from 1 to 100000; leave it out for 40.",
            "FALLBACK_CHECK_INTERVAL (Fallback.CheckInterval): 61.5 s is above FALLBACK_GRACE, which is 60 s; change one of the two settings, or leave both out.",
            "POLL_TIMEOUT (Polling.Timeout): '-0.001' is not a number of seconds from 1 to 50; leave it out for 50.",
            "LOCK_LEASE_DURATION (Lock.LeaseDuration): '15.5' is not a whole number from 15 to 60; leave it out for 15.",
            "UPDATE_LEDGER (Delivery.Ledger): '9' is neither memory nor file nor table; leave it out for table with a storage account, and file without a storage account.",
            "DATA_DIR (Storage.DataDirectory): it is blank; leave it out for a directory below the data directory of the user.",
            "AzureWebJobsStorage (Storage.ConnectionString): it is blank; leave it out to run without a storage account.",
        ],
        FaultsOf(null, options =>
        {
            options.Bot.ApiUrl = new Uri("ftp://x");
            options.Webhook.UseWebhook = true;
            (options.Webhook.Path, options.Webhook.Secret, options.Webhook.MaxConnections) = ("/webhook\n", "secret\n", 0);
            options.Webhook.Listen = new Uri("/relative", UriKind.Relative);
            options.Fallback.CheckInterval = TimeSpan.FromSeconds(61.5);
            options.Polling.Timeout = Timeout.InfiniteTimeSpan;
            options.Lock.LeaseDuration = TimeSpan.FromSeconds(15.5);
            options.Delivery.Ledger = (UpdateLedgerKind)9;
            (options.Storage.DataDirectory, options.Storage.ConnectionString) = ("", " ");
        }));

    [Fact]
    public void Faults_of_the_configuration_and_of_code_are_reported_together_each_by_its_source() => Assert.Equal(
        [
            "MAX_CONCURRENT_UPDATES: 'many' is not a whole number from 1 to 1000; leave it out for 100.",
            "MAX_ATTEMPTS: '0' is not a whole number from 1 to 100; leave it out for 5.",
            "HANDLER_TIMEOUT (Delivery.HandlerTimeout): '86401' is not a number of seconds from 0.1 to 86400; leave it out for 300.",
            "SHUTDOWN_TIMEOUT: '0301' is not a number of seconds from 0 to 300; leave it out for 25.",
        ],
        FaultsOf(
            Root((SettingNames.MaxConcurrentUpdates, "many"), (SettingNames.MaxAttempts, "0"), (SettingNames.HandlerTimeout, "20"), (SettingNames.ShutdownTimeout, "0301")),
            options => options.Delivery.HandlerTimeout = TimeSpan.FromSeconds(86_401)));

    [Fact]
    public void The_faults_of_a_section_name_its_path() => Assert.Equal(
        [
            "Bots:Sales:TELEGRAM_BOT_TOKEN: it is not set; set the token that @BotFather gave you, such as 123456789:AAE-and-33-more-characters.",
            "Bots:Sales:WEBHOOK_URL: it is not set, and Bots:Sales:USE_WEBHOOK is true; set the URL at which Telegram reaches the bot, or set Bots:Sales:USE_WEBHOOK to false to poll.",
            "Bots:Sales:POLL_TIMEOUT (Polling.Timeout): '0' is not a number of seconds from 1 to 50; leave it out for 50.",
            "Bots:Sales:UPDATE_LEDGER: it is table by default, and of the storage account only Bots:Sales:AzureWebJobsStorage__blobServiceUri is set; "
                + "set Bots:Sales:AzureWebJobsStorage__tableServiceUri too, or set Bots:Sales:UPDATE_LEDGER to file or memory.",
        ],
        FaultsOf(
            Settings.Of((SettingNames.TelegramBotToken, Settings.Token), ("Bots:Sales:USE_WEBHOOK", "true"), ("Bots:Sales:AzureWebJobsStorage:blobServiceUri", "https://b.example.com"))
                .GetSection("Bots:Sales"),
            options => options.Polling.Timeout = TimeSpan.Zero,
            "sales"));

    [Fact]
    public void The_faults_of_a_named_bot_without_a_section_name_the_bot() => Assert.Equal(
        ["TELEGRAM_BOT_TOKEN (Bot.Token of 'sales'): its value (not shown here) is not a bot token; set the token that @BotFather gave you, such as 123456789:AAE-and-33-more-characters."],
        FaultsOf(null, options => options.Bot.Token = "sesame", "sales"));

    [Fact]
    public void Named_options_do_not_leak_into_each_other()
    {
        IConfiguration configuration = Settings.Of(
            (SettingNames.TelegramBotToken, Settings.Token), (SettingNames.MaxAttempts, "7"),
            ("Sales:TELEGRAM_BOT_TOKEN", "2" + Settings.Token), ("Sales:POLL_TIMEOUT", "20"), ("Support:TELEGRAM_BOT_TOKEN", "3" + Settings.Token));
        IOptionsMonitor<AzkerOptions> all = new ServiceCollection()
            .AddAzkerOptions(Options.DefaultName, configuration, null)
            .AddAzkerOptions("sales", configuration.GetSection("Sales"), options => options.Delivery.DeadLetterMax = 9)
            .AddAzkerOptions("support", configuration.GetSection("Support"), options => options.Storage.DataDirectory = "elsewhere")
            .BuildServiceProvider()
            .GetRequiredService<IOptionsMonitor<AzkerOptions>>();

        Assert.Equal((123456, 7, 50, 10_000, DefaultDataDirectory.OfUser(123456)!), Of(all.CurrentValue));
        Assert.Equal((2123456, 5, 20, 9, DefaultDataDirectory.OfUser(2123456)!), Of(all.Get("sales")));
        Assert.Equal((3123456, 5, 50, 10_000, Path.GetFullPath("elsewhere")), Of(all.Get("support")));
        Assert.Equal("/webhook", all.Get("sales").Webhook.Path);

        static (long, int, double, int, string) Of(AzkerOptions options) => (
            options.Bot.Token.BotId, options.Delivery.MaxAttempts, options.Polling.Timeout.TotalSeconds, options.Delivery.DeadLetterMax, options.Storage.DataDirectory);
    }

    [Fact]
    public void A_named_bot_may_share_the_default_directory_by_name() =>
        Assert.Equal(Path.GetFullPath("data"), Of(Root((SettingNames.DataDirectory, "data")), name: "sales").Storage.DataDirectory);

    [Theory]
    [InlineData("..")]
    [InlineData("../sales")]
    [InlineData(@"a\b")]
    public void A_name_that_cannot_be_a_directory_is_no_part_of_the_default_directory(string name) =>
        Assert.Equal(DefaultDataDirectory.OfUser(123456), Of(Root(), name: name).Storage.DataDirectory);

    [Fact]
    public void The_options_of_every_bot_are_validated_when_the_host_starts()
    {
        ServiceProvider services = new ServiceCollection()
            .AddAzkerOptions("good", Root(), null)
            .AddAzkerOptions("bad", Root((SettingNames.PollTimeout, "51")), null)
            .BuildServiceProvider();

        OptionsValidationException error = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Equal("bad", error.OptionsName);
        Assert.Equal(["POLL_TIMEOUT: '51' is not a number of seconds from 1 to 50; leave it out for 50."], error.Failures);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("99999999999999999999999999")]
    public void A_number_that_is_no_duration_is_a_fault(string text) => Assert.Equal(
        [$"POLL_TIMEOUT: '{text}' is not a number of seconds from 1 to 50; leave it out for 50."], FaultsOf(Root((SettingNames.PollTimeout, text))));

    [Fact]
    public void An_empty_list_of_kinds_means_the_default() =>
        Assert.Equal(new BotOptions().AllowedUpdates, Of(Root(), options => options.Bot.AllowedUpdates = []).Bot.AllowedUpdates);

    private static IConfiguration Root(params (string Name, string? Value)[] settings) =>
        Settings.Of([(SettingNames.TelegramBotToken, Settings.Token), .. settings]);

    private static AzkerOptions Of(IConfiguration? configuration, Action<AzkerOptions>? configure = null, string name = "") => new ServiceCollection()
        .AddAzkerOptions(name, configuration, configure)
        .BuildServiceProvider()
        .GetRequiredService<IOptionsMonitor<AzkerOptions>>()
        .Get(name);

    private static IEnumerable<string> FaultsOf(IConfiguration? configuration, Action<AzkerOptions>? configure = null, string name = "") =>
        Assert.Throws<OptionsValidationException>(() => Of(configuration, configure, name)).Failures;
}
