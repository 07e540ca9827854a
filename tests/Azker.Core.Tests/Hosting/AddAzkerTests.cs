using Azker.Core.Configuration;
using Azker.Core.Hosting;
using Azker.Core.Tests.Readme;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Telegram.Bot;

namespace Azker.Core.Tests.Hosting;

public sealed class AddAzkerTests
{
    [Fact]
    public async Task A_host_with_a_handler_answers_messages_and_releases_the_lock_at_its_stop()
    {
        ApplicationHost application = await ApplicationHost.StartAsync(azker => azker.AddHandler<EchoHandler>());
        string pidFile = Path.Combine(application.Services.GetRequiredService<AzkerBot>().Options.Storage.DataDirectory, "bot.pid");

        Assert.Equal("hello", await application.Ask("hello"));
        Assert.True(File.Exists(pidFile));

        await application.DisposeAsync();
        Assert.False(File.Exists(pidFile));
    }

    [Fact]
    public async Task Faulty_settings_end_the_start_with_a_line_for_each_fault()
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddAzker(Settings.Of((SettingNames.PollTimeout, "never"), (SettingNames.UseWebhook, "perhaps")));
        using IHost host = builder.Build();

        OptionsValidationException error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(
            [SettingNames.PollTimeout, SettingNames.TelegramBotToken, SettingNames.UseWebhook],
            error.Failures.Select(fault => fault.Split(':')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_foreign_is_added_to_the_container_of_the_application()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddOptions();
        HashSet<Type> before = [.. services.Select(service => service.ServiceType)];

        services.AddAzker(Settings.Of((SettingNames.TelegramBotToken, Settings.Token))).AddHandler<EchoHandler>();

        Assert.Equal(
            [typeof(IHostedService), typeof(ITelegramBotClient)],
            services.Select(service => service.ServiceType).Distinct().Except(before)
                .Where(type => !Names(type).Contains("Azker", StringComparison.Ordinal))
                .Where(type => !Names(type).Contains("Options", StringComparison.Ordinal))
                .OrderBy(type => type.Name, StringComparer.Ordinal));
    }

    [Fact]
    public void A_client_of_the_application_stays()
    {
        ITelegramBotClient own = new TelegramBotClient("1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        var services = new ServiceCollection();
        services.AddSingleton(own);

        services.AddAzker(Settings.Of((SettingNames.TelegramBotToken, Settings.Token)));

        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Same(own, provider.GetRequiredService<ITelegramBotClient>());
    }

    [Fact]
    public async Task A_bot_that_is_added_twice_is_one_bot()
    {
        await using ApplicationHost application = await ApplicationHost.StartAsync((services, host) =>
        {
            services.AddAzker(options => host.Configure(options)).AddHandler<EchoHandler>();
            services.AddAzker(options => options.Polling.Timeout = TimeSpan.FromSeconds(2));
        });

        Assert.Equal("once", await application.Ask("once"));
        Assert.Single(application.Services.GetServices<IHostedService>());
        Assert.Equal(TimeSpan.FromSeconds(2), application.Services.GetRequiredService<AzkerBot>().Options.Polling.Timeout);
    }

    [Fact]
    public async Task Two_bots_in_one_process_have_each_its_own_client_handlers_lock_and_log()
    {
        await using ApplicationHost application = await ApplicationHost.StartAsync((services, host) =>
        {
            services.AddAzker("sales", options => host.Configure(options)).AddHandler<EchoHandler>();
            services.AddAzker("support", options => host.Configure(options, ApplicationHost.OtherToken)).AddSampleBot();
        });

        Assert.Equal("/ping 1", await application.Ask("/ping 1"));
        Assert.Equal("pong 2", await application.Ask("/ping 2", ApplicationHost.OtherToken));
        Assert.StartsWith("/start - says hello\n/help - ", await application.Ask("/help", ApplicationHost.OtherToken), StringComparison.Ordinal);
        Assert.Contains("2 updates settled", await application.Ask("/status", ApplicationHost.OtherToken), StringComparison.Ordinal);
        Assert.Null(application.Services.GetService<ITelegramBotClient>());
        Assert.Contains(application.Log.Lines, entry => entry.Category == "Azker.Core.Polling.PollingReceiver[sales]");
        Assert.NotEqual(
            application.Services.GetRequiredKeyedService<AzkerBot>("sales").Options.Storage.DataDirectory,
            application.Services.GetRequiredKeyedService<AzkerBot>("support").Options.Storage.DataDirectory);
    }

    [Fact]
    public async Task A_section_of_the_configuration_is_named_in_its_faults()
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Sales:TELEGRAM_BOT_TOKEN", Settings.Token), new("Support:POLL_TIMEOUT", "x")])
            .Build();
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddAzker("sales", configuration.GetSection("Sales"));
        builder.Services.AddAzker("support", configuration.GetSection("Support"));
        using IHost host = builder.Build();

        OptionsValidationException error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.All(error.Failures, fault => Assert.StartsWith("Support:", fault, StringComparison.Ordinal));
        Assert.Equal(2, error.Failures.Count());
    }

    [Fact]
    public async Task A_second_instance_of_a_bot_ends_its_host_and_names_the_first()
    {
        await using ApplicationHost first = await ApplicationHost.StartAsync(azker => azker.AddHandler<EchoHandler>());
        Assert.Equal("first", await first.Ask("first"));

        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddAzker(options => first.Configure(options)).AddHandler<EchoHandler>();
        using IHost second = builder.Build();
        await second.StartAsync(TestContext.Current.CancellationToken);
        await second.WaitForShutdownAsync(TestContext.Current.CancellationToken);

        Task run = second.Services.GetServices<IHostedService>().OfType<ReceiverService>().Single().ExecuteTask!;
        InstanceLockHeldException error = await Assert.ThrowsAsync<InstanceLockHeldException>(() => run);
        Assert.Contains($"PID {Environment.ProcessId}", error.Message, StringComparison.Ordinal);
    }

    private static string Names(Type type) => $"{type.FullName} {string.Join(' ', type.GenericTypeArguments.Select(argument => argument.FullName))}";
}
