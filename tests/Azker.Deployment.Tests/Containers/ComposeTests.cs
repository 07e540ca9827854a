using Azker.Core.Configuration;
using Azker.Core.Tests.Readme;
using Azker.Deployment.Tests.Shared;

namespace Azker.Deployment.Tests.Containers;

public sealed class ComposeTests
{
    private static readonly YamlFile File = YamlFile.Read("compose.yaml");

    public static TheoryData<string> Fallbacks => ["fallback-1", "fallback-2"];

    [Fact]
    public void It_has_the_stand_in_Azurite_and_two_fallbacks()
    {
        Assert.Equal(["azurite", "bot-api", "fallback-1", "fallback-2"], File["services"].Entries.Select(service => service.Name).Order());
        Assert.Equal("bot-api", File["services"]["bot-api"]["build"]["target"].Text);
        Assert.Contains(" AS bot-api\n", Pages.Read("Dockerfile"), StringComparison.Ordinal);
    }

    [Fact]
    public void Azurite_has_the_version_of_the_tests() => Assert.Contains(
        $"\"azurite\": \"{File["services"]["azurite"]["image"].Text.Split(':')[^1]}\"", Pages.Read("tools/azurite/package.json"), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Fallbacks))]
    public void A_fallback_has_settings_that_exist_and_a_health_port_of_its_own(string name)
    {
        YamlFile environment = File["services"][name]["environment"];
        string[] settings = [.. environment.Entries.Concat(environment["<<"].Entries).Select(setting => setting.Name).Where(setting => setting != "<<")];

        Assert.Empty(settings.Except(AzkerSettings.Names).Except([$"{SettingNames.TelegramBotToken}_FILE"]));
        Assert.Single(Fallbacks, other => File["services"][(string)other!]["environment"][SettingNames.HealthListen].Text == environment[SettingNames.HealthListen].Text);
    }

    [Theory]
    [MemberData(nameof(Fallbacks))]
    public void A_fallback_has_no_rights_and_more_time_to_stop_than_the_shutdown_takes(string name)
    {
        YamlFile fallback = File["services"][name]["<<"];

        Assert.Equal(("true", "1654:1654"), (fallback["read_only"].Text, fallback["user"].Text));
        Assert.Equal("ALL", Assert.Single(fallback["cap_drop"].Items).Text);
        Assert.InRange(int.Parse(fallback["stop_grace_period"].Text.TrimEnd('s'), null), ShutdownTime.Seconds + 1, 120);
    }
}
