using System.Text;
using Azker.Core.Health;
using Azker.Core.Status;

namespace Azker.Core.Tests.Health;

public class HealthReportTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 30, 10, 52, 15, 445, TimeSpan.FromHours(2));

    [Fact]
    public void A_good_report_has_exactly_the_documented_form()
    {
        var report = new HealthReport("ok", At, ReceiverMode.Webhook, true, TimeSpan.FromSeconds(123.4512), null);

        Assert.Equal(
            """{"status":"ok","timestamp":"2026-01-30T08:52:15.445Z","mode":"webhook","active":true,"uptime":123.45}""",
            Encoding.UTF8.GetString(report.ToJson()));
        Assert.Equal(200, report.StatusCode);
    }

    [Fact]
    public void A_bad_report_gives_the_reason_and_503()
    {
        var report = new HealthReport("down", At, ReceiverMode.Polling, false, TimeSpan.FromSeconds(1), "Why.");

        Assert.Equal(
            """{"status":"down","timestamp":"2026-01-30T08:52:15.445Z","mode":"polling","active":false,"uptime":1,"reason":"Why."}""",
            Encoding.UTF8.GetString(report.ToJson()));
        Assert.Equal(503, report.StatusCode);
    }

    [Fact]
    public void A_standby_is_200_and_not_active()
    {
        var report = new HealthReport("standby", At, ReceiverMode.Polling, false, TimeSpan.FromSeconds(1), "Why.");

        Assert.Equal(
            """{"status":"standby","timestamp":"2026-01-30T08:52:15.445Z","mode":"polling","active":false,"uptime":1,"reason":"Why."}""",
            Encoding.UTF8.GetString(report.ToJson()));
        Assert.Equal(200, report.StatusCode);
    }
}
