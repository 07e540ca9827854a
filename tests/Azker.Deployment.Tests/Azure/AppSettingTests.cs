using System.Text.RegularExpressions;
using Azker.Core.Configuration;
using Azker.Core.Tests.Readme;
using Azker.Deployment.Tests.Shared;
using Microsoft.Extensions.Configuration;

namespace Azker.Deployment.Tests.Azure;

/// <summary>The settings that infra/ gives the Functions app and the fallback.</summary>
public sealed partial class AppSettingTests
{
    /// <summary>The host of Azure Functions and the export of telemetry read them, Azker does not.</summary>
    private static readonly string[] Others = ["AzureWebJobsDisableHomepage", "APPLICATIONINSIGHTS_CONNECTION_STRING"];

    private static readonly string[] Options = [.. AzkerSettings.Names];

    public static TheoryData<string> Programs => ["functions", "fallback"];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Every_setting_exists(string program) =>
        Assert.Empty(Settings(program).Keys.Except(Options).Except(Others));

    [Theory]
    [MemberData(nameof(Programs))]
    public void Azker_starts_with_them(string program)
    {
        AzkerOptions options = AzkerOptions.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(Settings(program).Where(setting => Options.Contains(setting.Key)).ToDictionary(setting => setting.Key.Replace("__", ":", StringComparison.Ordinal), setting => (string?)Deployed(setting.Key, setting.Value)))
            .Build());

        Assert.True(options.Webhook.UseWebhook);
        Assert.Equal("https://bot.example.com/webhook", options.Webhook.Url!.AbsoluteUri);
        Assert.Equal("https://azkerstorage.queue.core.windows.net/", options.Storage.QueueServiceUri!.AbsoluteUri);
        Assert.Equal("managedidentity", options.Storage.Credential);
        Assert.Equal(program == "fallback", options.Webhook.HealthListen is not null);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void No_setting_is_a_secret_in_plain_text(string program)
    {
        IReadOnlyDictionary<string, string> settings = Settings(program);

        Assert.DoesNotContain(SettingNames.Storage, settings.Keys);
        Assert.DoesNotContain(settings.Values, value => value.Contains("listKeys", StringComparison.Ordinal) || value.Contains("AccountKey", StringComparison.Ordinal));
        Assert.Matches(program == "functions" ? @"^\[format\('@Microsoft\.KeyVault\(VaultName=\{0\};SecretName=\{1\}\)'" : "^secret telegram-bot-token$", settings[SettingNames.TelegramBotToken]);
    }

    [Fact]
    public void The_fallback_gets_its_secret_from_the_key_vault_by_its_identity()
    {
        var secret = Assert.Single(AzureFiles.Of("Microsoft.App/containerApps").Properties["configuration"]!["secrets"]!.AsArray())!.AsObject();

        Assert.Equal(["identity", "keyVaultUrl", "name"], secret.Select(member => member.Key).Order());
    }

    [Fact]
    public void The_fallback_has_the_three_probes_and_more_time_to_stop_than_the_shutdown_takes()
    {
        Dictionary<string, string> probes = AzureFiles.FallbackContainer["probes"]!.AsArray()
            .ToDictionary(probe => (string)probe!["type"]!, probe => $"{(string)probe!["httpGet"]!["path"]!}:{(int)probe["httpGet"]!["port"]!}");
        int grace = (int)AzureFiles.Of("Microsoft.App/containerApps").Properties["template"]!["terminationGracePeriodSeconds"]!;

        Assert.Equal(("/health/live:8080", "/health/live:8080", "/health/ready:8080"), (probes["Startup"], probes["Liveness"], probes["Readiness"]));
        Assert.Equal("8080", AzureFiles.FallbackSettings[SettingNames.HealthListen]);
        Assert.True(grace > new DeliveryOptions().ShutdownTimeout.TotalSeconds);
    }

    [Fact]
    public void No_file_has_a_token_or_a_key() => Assert.All(
        Directory.GetFiles(Path.Combine(Pages.Root, "infra")).Append(Path.Combine(Pages.Root, "azure.yaml")),
        file => Assert.DoesNotMatch(Secret(), File.ReadAllText(file)));

    private static IReadOnlyDictionary<string, string> Settings(string program) =>
        program == "functions" ? AzureFiles.FunctionSettings : AzureFiles.FallbackSettings;

    /// <summary>A value as the deployment gives it: the expressions of the template have their values then.</summary>
    private static string Deployed(string name, string value) => name switch
    {
        SettingNames.TelegramBotToken => "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        SettingNames.WebhookUrl => "https://bot.example.com",
        SettingNames.StorageAccountName => "azkerstorage",
        SettingNames.StorageClientId => "00000000-0000-0000-0000-000000000001",
        _ => value,
    };

    [GeneratedRegex(@"\d{6,}:[A-Za-z0-9_-]{35}|AccountKey=|InstrumentationKey=|[A-Za-z0-9+/]{86}==")]
    private static partial Regex Secret();
}
