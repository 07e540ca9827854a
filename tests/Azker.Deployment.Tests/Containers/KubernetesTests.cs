using Azker.Core.Configuration;
using Azker.Deployment.Tests.Shared;

namespace Azker.Deployment.Tests.Containers;

/// <summary>The manifests in deploy/kubernetes.</summary>
public sealed class KubernetesTests
{
    public static TheoryData<string> Manifests => ["polling", "webhook"];

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Each_probe_has_its_own_path_at_the_port_of_the_server(string manifest)
    {
        YamlFile container = Container(manifest);
        string port = Assert.Single(container["ports"].Items)["name"].Text;

        Assert.Equal(("/health/live", port), Probe(container["startupProbe"]));
        Assert.Equal(("/health/live", port), Probe(container["livenessProbe"]));
        Assert.Equal(("/health/ready", port), Probe(container["readinessProbe"]));
        string listen = manifest == "polling" ? SettingNames.HealthListen : SettingNames.WebhookListen;
        Assert.Equal(Environment(container)[listen], Assert.Single(container["ports"].Items)["containerPort"].Text);
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void The_settings_exist_and_no_secret_is_among_them(string manifest)
    {
        IReadOnlyDictionary<string, string> environment = Environment(Container(manifest));

        Assert.Empty(environment.Keys.Except(AzkerSettings.Names).Except([$"{SettingNames.TelegramBotToken}_FILE"]));
        Assert.DoesNotContain(SettingNames.TelegramBotToken, environment.Keys);
        Assert.All(environment.Where(setting => setting.Key == SettingNames.Storage), setting => Assert.Equal("secret bot", setting.Value));
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void A_pod_has_more_time_to_stop_than_the_shutdown_takes(string manifest)
    {
        YamlFile pod = Pod(manifest);
        YamlFile pause = Container(manifest)["lifecycle"];
        int before = pause.Exists ? int.Parse(pause["preStop"]["sleep"]["seconds"].Text, null) : 0;

        Assert.InRange(int.Parse(pod["terminationGracePeriodSeconds"].Text, null), ShutdownTime.Seconds + before + 1, 120);
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void A_pod_has_no_rights_and_writes_to_its_volumes_alone(string manifest)
    {
        YamlFile container = Container(manifest);
        YamlFile security = Pod(manifest)["securityContext"];
        string[] writable = [.. container["volumeMounts"].Items.Where(mount => !mount["readOnly"].Exists).Select(mount => mount["mountPath"].Text)];

        Assert.Equal(("true", "1654", "1654"), (security["runAsNonRoot"].Text, security["runAsUser"].Text, security["fsGroup"].Text));
        Assert.Equal("RuntimeDefault", security["seccompProfile"]["type"].Text);
        Assert.Equal(("false", "true"), (container["securityContext"]["allowPrivilegeEscalation"].Text, container["securityContext"]["readOnlyRootFilesystem"].Text));
        Assert.Equal("ALL", Assert.Single(container["securityContext"]["capabilities"]["drop"].Items).Text);
        Assert.Equal(["/data", "/tmp"], writable.Order());
        Assert.Equal("false", Pod(manifest)["automountServiceAccountToken"].Text);
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Each_mount_has_its_volume_and_each_selector_finds_the_pods(string manifest)
    {
        Assert.Equal(
            Pod(manifest)["volumes"].Items.Select(volume => volume["name"].Text).Order(),
            Container(manifest)["volumeMounts"].Items.Select(mount => mount["name"].Text).Order());
        Assert.Equal("bot", Deployment(manifest)["spec"]["selector"]["matchLabels"]["app"].Text);
        Assert.Equal("bot", Deployment(manifest)["spec"]["template"]["metadata"]["labels"]["app"].Text);
    }

    [Fact]
    public void One_replica_on_a_volume_is_replaced_and_replicas_with_a_storage_account_are_rolled()
    {
        Assert.Equal(("1", "Recreate"), Strategy("polling"));
        Assert.Equal(("2", "RollingUpdate"), Strategy("webhook"));
        Assert.Contains(SettingNames.Storage, Environment(Container("webhook")).Keys);
        Assert.Contains(Documents("polling"), document => document["kind"].Text == "PersistentVolumeClaim");
    }

    [Fact]
    public void The_ingress_passes_the_webhook_and_the_health_on_to_the_service_of_the_pods()
    {
        YamlFile ingress = Kind("webhook", "Ingress")["spec"];
        YamlFile rule = Assert.Single(ingress["rules"].Items);
        YamlFile service = Kind("webhook", "Service")["spec"];

        Assert.Equal($"https://{rule["host"].Text}", Environment(Container("webhook"))[SettingNames.WebhookUrl]);
        Assert.Equal([new WebhookOptions().Path, WebhookOptions.HealthPath], rule["http"]["paths"].Items.Select(path => path["path"].Text));
        Assert.Equal(Assert.Single(Container("webhook")["ports"].Items)["name"].Text, Assert.Single(service["ports"].Items)["targetPort"].Text);
        Assert.Equal("bot", service["selector"]["app"].Text);
    }

    private static (string Replicas, string Strategy) Strategy(string manifest) =>
        (Deployment(manifest)["spec"]["replicas"].Text, Deployment(manifest)["spec"]["strategy"]["type"].Text);

    private static (string Path, string Port) Probe(YamlFile probe) => (probe["httpGet"]["path"].Text, probe["httpGet"]["port"].Text);

    private static Dictionary<string, string> Environment(YamlFile container) => container["env"].Items.ToDictionary(
        variable => variable["name"].Text,
        variable => variable["value"].Exists ? variable["value"].Text : $"secret {variable["valueFrom"]["secretKeyRef"]["name"].Text}");

    private static IReadOnlyList<YamlFile> Documents(string manifest) => YamlFile.Documents($"deploy/kubernetes/{manifest}.yaml");

    private static YamlFile Kind(string manifest, string kind) => Documents(manifest).Single(document => document["kind"].Text == kind);

    private static YamlFile Deployment(string manifest) => Kind(manifest, "Deployment");

    private static YamlFile Pod(string manifest) => Deployment(manifest)["spec"]["template"]["spec"];

    private static YamlFile Container(string manifest) => Assert.Single(Pod(manifest)["containers"].Items);
}
