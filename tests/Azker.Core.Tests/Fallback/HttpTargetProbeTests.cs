using System.Net;
using System.Net.Sockets;
using Azker.Core.Configuration;
using Azker.Core.Fallback;
using Azker.Core.Tests.Shared;
using Azker.Core.Webhook;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Fallback;

public sealed class HttpTargetProbeTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private WebApplication? _target;

    [Fact]
    public async Task A_target_with_an_active_report_is_healthy()
    {
        Uri url = await Serve(200, """{"status":"degraded","mode":"polling","active":true,"uptime":1}""");

        Assert.Equal(new TargetHealth(TargetState.Healthy), await Probe(url));
    }

    [Fact]
    public async Task A_target_with_an_inactive_report_is_unhealthy()
    {
        Uri url = await Serve(503, """{"status":"down","mode":"webhook","active":false,"uptime":1,"reason":"x"}""");

        Assert.Equal(new TargetHealth(TargetState.Unhealthy, "/health reports that no updates are received."), await Probe(url));
    }

    [Fact]
    public async Task A_target_that_only_watches_is_unhealthy_although_it_answers_200()
    {
        Uri url = await Serve(200, """{"status":"standby","mode":"polling","active":false,"uptime":1,"reason":"x"}""");

        Assert.Equal(new TargetHealth(TargetState.Unhealthy, "/health reports that no updates are received."), await Probe(url));
    }

    [Fact]
    public async Task A_target_that_serves_the_webhook_and_waits_for_the_lock_is_healthy()
    {
        Uri url = await Serve(200, """{"status":"standby","mode":"webhook","active":false,"uptime":1,"reason":"x"}""");

        Assert.Equal(new TargetHealth(TargetState.Healthy), await Probe(url));
    }

    [Theory]
    [InlineData(200, "true")]
    [InlineData(503, "false")]
    public async Task A_report_of_another_bot_at_the_same_host_is_no_evidence(int status, string active)
    {
        string other = BotFingerprint.Of("654321:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB");
        Uri url = await Serve(status, $$"""{"status":"ok","mode":"webhook","active":{{active}},"uptime":1}""", other);

        Assert.Equal(new TargetHealth(TargetState.Unknown, "/health is the report of another bot."), await Probe(url));
    }

    [Fact]
    public async Task A_report_of_several_bots_is_evidence_for_each_of_them()
    {
        string several = $"{BotFingerprint.Of("654321:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB")}, {BotFingerprint.Of(Settings.Token)}";
        Uri url = await Serve(200, """{"status":"ok","mode":"webhook","active":true,"uptime":1}""", several);

        Assert.Equal(new TargetHealth(TargetState.Healthy), await Probe(url));
    }

    [Theory]
    [InlineData(502, "<html>Bad Gateway</html>", "Unhealthy", "/health answers 502.")]
    [InlineData(500, "", "Unhealthy", "/health answers 500.")]
    [InlineData(404, "", "Unknown", "/health answers 404 without a health report.")]
    [InlineData(200, "<html>Welcome</html>", "Unknown", "/health answers 200 without a health report.")]
    [InlineData(200, """{"active":"yes"}""", "Unknown", "/health answers 200 without a health report.")]
    [InlineData(302, "", "Unknown", "/health answers 302 without a health report.")]
    public async Task Another_answer_is_unhealthy_only_if_it_is_a_server_error(int status, string body, string state, string reason) =>
        Assert.Equal(new TargetHealth(Enum.Parse<TargetState>(state), reason), await Probe(await Serve(status, body)));

    [Fact]
    public async Task A_target_that_refuses_the_connection_is_unknown()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = new Uri($"http://{listener.LocalEndpoint}");
        listener.Stop();

        Assert.Equal(new TargetHealth(TargetState.Unknown, "/health cannot be reached: ConnectionError."), await Probe(url));
    }

    [Fact]
    public async Task A_probe_waits_ten_seconds_for_a_silent_server_and_no_longer()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task<TargetHealth> probing = Probe(new Uri($"http://{listener.LocalEndpoint}"));
        using TcpClient accepted = await Eventually.Completes(listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken).AsTask());
        Assert.False(probing.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(new TargetHealth(TargetState.Unknown, "/health cannot be reached: no answer in time."), await Eventually.Completes(probing));
    }

    [Fact]
    public async Task The_request_goes_to_health_and_not_to_the_path_of_the_webhook()
    {
        string? path = null;
        Uri url = await Serve(context =>
        {
            path = context.Request.Path;
            return context.Response.WriteAsync("{}");
        });

        await Probe(url);

        Assert.Equal("/health", path);
    }

    [Theory]
    [InlineData("/bot1/webhook", "/webhook", null, "/bot1/health")]
    [InlineData("/a/b/hooks/one", "/hooks/one", null, "/a/b/health")]
    [InlineData("/hooks/one", "/hooks/one", null, "/health")]
    [InlineData("/webhook", "/webhook", "/sales/health", "/sales/health")]
    public async Task The_health_is_beside_the_webhook_or_where_WEBHOOK_HEALTH_URL_says(string url, string path, string? health, string asked)
    {
        string? request = null;
        Uri host = await Serve(context =>
        {
            request = context.Request.Path;
            return context.Response.WriteAsync("{}");
        });

        await Probe(new Uri(host, url), (SettingNames.WebhookPath, path), (SettingNames.WebhookHealthUrl, health is null ? null : new Uri(host, health).AbsoluteUri));

        Assert.Equal(asked, request);
    }

    public async ValueTask DisposeAsync()
    {
        if (_target is not null)
        {
            await _target.DisposeAsync();
        }
    }

    private async Task<TargetHealth> Probe(Uri url, params (string Name, string? Value)[] settings)
    {
        AzkerOptions options = Settings.Read([(SettingNames.UseWebhook, "true"), (SettingNames.WebhookUrl, url.AbsoluteUri), .. settings]);
        using var probe = new HttpTargetProbe(options.Webhook, options.Bot, options.Network, Dns.GetHostAddressesAsync, _time);
        return await probe.ProbeAsync(TestContext.Current.CancellationToken);
    }

    private Task<Uri> Serve(int status, string body, string? bots = null) => Serve(context =>
    {
        if (bots is not null)
        {
            context.Response.Headers["azker-bot"] = bots;
        }

        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    });

    private async Task<Uri> Serve(RequestDelegate handler)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _target = builder.Build();
        _target.Run(handler);
        await _target.StartAsync(TestContext.Current.CancellationToken);
        return new Uri(_target.Urls.Single());
    }
}
