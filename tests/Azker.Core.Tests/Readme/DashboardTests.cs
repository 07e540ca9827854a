using System.Text.Json;
using System.Text.RegularExpressions;

namespace Azker.Core.Tests.Readme;

/// <summary>The dashboard and the alerts ask for metrics and labels that exist; docs/telemetry.md has them all.</summary>
public sealed partial class DashboardTests
{
    private const string Alerts = "docs/dashboard/alerts.yaml";
    private const string AlertTests = "docs/dashboard/alerts_test.yaml";
    private const string Grafana = "docs/dashboard/grafana.json";
    private const string Azure = "docs/dashboard/azure-monitor-alerts.json";

    private static readonly Dictionary<string, DocumentedMetric> Series = TelemetryPage.Metrics
        .SelectMany(metric => PrometheusNames.Of(metric), (metric, name) => (metric, name))
        .ToDictionary(entry => entry.name, entry => entry.metric);

    [Theory]
    [InlineData(Alerts)]
    [InlineData(AlertTests)]
    [InlineData(Grafana)]
    public void Every_series_exists_and_has_the_labels_that_are_asked_of_it(string page)
    {
        string text = Pages.Read(page);
        List<Match> series = [.. SeriesName().Matches(text).Where(match => !PrometheusNames.Labels.Contains(match.Value))];

        Assert.NotEmpty(series);
        Assert.All(series, match => Assert.Contains(match.Value, Series.Keys));
        Assert.All(Selector().Matches(text), selector => Assert.Subset(
            PrometheusNames.LabelsOf(Series[selector.Groups["name"].Value]).ToHashSet(),
            Label().Matches(selector.Groups["labels"].Value.Replace("\\\"", "\"", StringComparison.Ordinal)).Select(label => label.Groups[1].Value).Except(["instance"]).ToHashSet()));
    }

    [Fact]
    public void The_dashboard_shows_every_metric()
    {
        string text = Pages.Read(Grafana);

        Assert.All(TelemetryPage.Metrics, metric => Assert.Contains(PrometheusNames.Of(metric), name => text.Contains(name, StringComparison.Ordinal)));
        Assert.All(
            JsonDocument.Parse(text).RootElement.GetProperty("panels").EnumerateArray().SelectMany(panel => panel.GetProperty("targets").EnumerateArray()),
            target => Assert.All(By().Matches(target.GetProperty("expr").GetString()!), by => Assert.Subset(
                PrometheusNames.Labels.Append("le").ToHashSet(), by.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries).ToHashSet())));
    }

    [Fact]
    public void Every_alert_has_a_test_and_is_in_the_readme()
    {
        string[] alerts = [.. AlertName().Matches(Pages.Read(Alerts)).Select(match => match.Groups[1].Value)];

        Assert.Equal(8, alerts.Length);
        Assert.Subset(FiringTest().Matches(Pages.Read(AlertTests)).Select(match => match.Groups[1].Value).ToHashSet(), alerts.ToHashSet());
        Assert.All(alerts, alert => Assert.Contains($"| `{alert}` |", Pages.Read("docs/dashboard/README.md"), StringComparison.Ordinal));
    }

    [Fact]
    public void The_alerts_of_Azure_Monitor_ask_for_metrics_and_tags_that_exist()
    {
        List<string> queries =
        [
            .. JsonDocument.Parse(Pages.Read(Azure)).RootElement.GetProperty("variables").GetProperty("alerts").EnumerateArray()
                .Select(alert => alert.GetProperty("query").GetString()!),
        ];

        Assert.Equal(7, queries.Count);
        Assert.All(queries, query =>
        {
            string[] names = [.. MetricName().Matches(query).Select(match => match.Groups[1].Value)];
            Assert.NotEmpty(names);
            Assert.Subset(TelemetryPage.Metrics.Select(metric => metric.Name).ToHashSet(), names.ToHashSet());
            Assert.Subset(
                TelemetryPage.Metrics.Where(metric => names.Contains(metric.Name)).SelectMany(metric => metric.Tags).ToHashSet(),
                Dimension().Matches(query).Select(match => match.Groups[1].Value).ToHashSet());
        });
    }

    [GeneratedRegex(@"\bazker_[a-z_]+\b")]
    private static partial Regex SeriesName();

    [GeneratedRegex(@"(?<name>azker_[a-z_]+)\{(?<labels>[^}]*)\}")]
    private static partial Regex Selector();

    [GeneratedRegex(@"([a-z_]+)(=|!)~?=?""")]
    private static partial Regex Label();

    [GeneratedRegex(@"\bby \(([^)]*)\)")]
    private static partial Regex By();

    [GeneratedRegex("- alert: ([A-Za-z]+)")]
    private static partial Regex AlertName();

    [GeneratedRegex(@"alertname: ([A-Za-z]+)\s+exp_alerts: \[\{")]
    private static partial Regex FiringTest();

    [GeneratedRegex(@"name == ""([a-z._]+)""")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"customDimensions\[""([a-z._]+)""\]")]
    private static partial Regex Dimension();
}
