using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Azker.BotApi.Tests.Webhooks;

public sealed class SetWebhookTests
{
    private const string Url = "https://a.example/hook";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_new_webhook_was_set()
    {
        await using TestServer test = await StartAsync();
        Answer answer = await test.CallAsync($"setWebhook?url={Url}");
        Assert.Equal("""{"ok":true,"result":true,"description":"Webhook was set"}""", answer.Body);
    }

    [Fact]
    public async Task An_equal_webhook_is_already_set_and_still_takes_allowed_updates()
    {
        await using TestServer test = await StartAsync();
        await SetAsync(test, Url);
        Answer answer = await SetAsync(test, $"""{Url}&allowed_updates=["poll"]""");
        Assert.Equal("Webhook is already set", answer.Description);
        Assert.Null(test.Bot.EnqueueText(1, 1, "a"));
    }

    [Theory]
    [InlineData("max_connections=41")]
    [InlineData("secret_token=a")]
    [InlineData("ip_address=9.9.9.9")]
    [InlineData("drop_pending_updates=yes")]
    public async Task A_webhook_that_differs_in_anything_else_is_set_again(string difference)
    {
        await using TestServer test = await StartAsync();
        await SetAsync(test, Url);
        Assert.Equal("Webhook was set", (await SetAsync(test, $"{Url}&{difference}")).Description);
    }

    [Fact]
    public async Task A_webhook_with_a_certificate_is_never_already_set()
    {
        await using TestServer test = await StartAsync();
        await PostAsync(test, Certificate());
        test.Time.Advance(Second);
        Assert.Equal("Webhook was set", (await PostAsync(test, Certificate())).Description);
    }

    [Fact]
    public async Task A_second_call_within_a_second_is_refused_even_if_the_first_failed()
    {
        await using TestServer test = await StartAsync();
        await test.CallAsync("setWebhook?url=ftp://a.example");
        Answer answer = await test.CallAsync($"setWebhook?url={Url}");
        Assert.Equal((429, "Too Many Requests: retry after 1"), (answer.Status, answer.Description));
        Assert.Equal(1, answer.Json.GetProperty("parameters").GetProperty("retry_after").GetInt32());
        Assert.Equal(Second, answer.Response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task A_refused_call_does_not_extend_the_second()
    {
        await using TestServer test = await StartAsync();
        await test.CallAsync($"setWebhook?url={Url}");
        test.Time.Advance(Second * 0.9);
        await test.CallAsync($"setWebhook?url={Url}");
        test.Time.Advance(Second * 0.1);
        Assert.Equal(200, (await test.CallAsync($"setWebhook?url={Url}")).Status);
    }

    [Fact]
    public async Task Deleting_is_not_limited()
    {
        await using TestServer test = await StartAsync();
        await test.CallAsync($"setWebhook?url={Url}");
        Assert.Equal("Webhook was deleted", (await test.CallAsync("setWebhook?url=")).Description);
        Assert.Equal("Webhook is already deleted", (await test.CallAsync("deleteWebhook")).Description);
    }

    [Fact]
    public async Task An_empty_url_deletes_the_webhook()
    {
        await using TestServer test = await StartAsync();
        await test.CallAsync($"setWebhook?url={Url}");
        Assert.Equal("Webhook was deleted", (await test.CallAsync("setWebhook")).Description);
    }

    [Fact]
    public async Task A_waiting_poll_is_ended_even_if_the_url_is_bad()
    {
        await using TestServer test = await StartAsync();
        TestServer.PendingCall poll = await test.PollAsync();
        Assert.Equal(400, (await test.CallAsync("setWebhook?url=ftp://a.example")).Status);
        Answer answer = await poll.Answer;
        Assert.Equal((409, "Conflict: terminated by setWebhook request"), (answer.Status, answer.Description));
    }

    [Fact]
    public async Task Deleting_ends_no_poll()
    {
        await using TestServer test = await StartAsync();
        await test.PollAsync();
        await test.CallAsync("deleteWebhook?drop_pending_updates=true");
        Assert.NotNull(test.Bot.Statistics.WaitingPoll);
    }

    [Theory]
    [InlineData("ftp://a.example", "invalid webhook URL specified")]
    [InlineData("https://a.example&secret_token=a b", "secret token contains unallowed characters")]
    [InlineData("http://a.example", "bad webhook: An HTTPS URL must be provided for webhook")]
    [InlineData("http://a.example:8080", "bad webhook: An HTTPS URL must be provided for webhook")]
    [InlineData("https://a.example:8080", "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")]
    [InlineData("https://a.example:8080&ip_address=10.0.0.1", "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")]
    [InlineData("https://a.example&ip_address=10.0.0.1", "bad webhook: IP address 10.0.0.1 is reserved")]
    [InlineData("https://a.example&ip_address=nonsense", "bad webhook: Invalid IP address specified")]
    [InlineData("https://127.0.0.1", "bad webhook: IP address 127.0.0.1 is reserved")]
    [InlineData("https://v6.example", "bad webhook: IPv6-only addresses are not allowed")]
    [InlineData("https://nowhere.example", "bad webhook: Failed to resolve host: Name or service not known")]
    public async Task A_bad_webhook_is_refused_with_its_first_error(string arguments, string fault)
    {
        await using TestServer test = await StartAsync();
        Answer answer = await test.CallAsync($"setWebhook?url={arguments}");
        Assert.Equal((400, $"Bad Request: {fault}"), (answer.Status, answer.Description));
    }

    [Fact]
    public async Task A_secret_token_has_256_bytes_at_most()
    {
        await using TestServer test = await StartAsync();
        Assert.Equal(200, (await SetAsync(test, $"{Url}&secret_token={new string('a', 256)}")).Status);
        Answer answer = await SetAsync(test, $"{Url}&secret_token={new string('a', 257)}");
        Assert.Equal("Bad Request: secret token is too long", answer.Description);
    }

    [Fact]
    public async Task A_failing_setWebhook_leaves_the_bot_without_webhook_and_without_the_dropped_updates()
    {
        await using TestServer test = await StartAsync();
        await SetAsync(test, Url);
        test.Bot.EnqueueText(1, 1, "a");
        await SetAsync(test, "ftp://a.example&drop_pending_updates=true");
        Assert.Equal(
            """{"ok":true,"result":{"url":"","has_custom_certificate":false,"pending_update_count":0}}""",
            (await test.CallAsync("getWebhookInfo")).Body);
    }

    [Fact]
    public async Task A_bad_host_leaves_the_bot_without_webhook()
    {
        await using TestServer test = await StartAsync();
        await SetAsync(test, Url);
        await SetAsync(test, "https://nowhere.example");
        Assert.Equal("", (await test.CallAsync("getWebhookInfo")).Result.GetProperty("url").GetString());
        Assert.Equal(200, (await test.CallAsync("getUpdates")).Status);
    }

    [Fact]
    public async Task A_fixed_address_needs_no_lookup()
    {
        await using TestServer test = await StartAsync();
        Assert.Equal(200, (await test.CallAsync("setWebhook?url=https://nowhere.example&ip_address=9.9.9.9")).Status);
    }

    [Fact]
    public async Task A_certificate_may_be_attached_under_another_name()
    {
        await using TestServer test = await StartAsync();
        using var form = new MultipartFormDataContent
        {
            { new StringContent(Url), "url" },
            { new StringContent("attach://mine"), "certificate" },
            { new ByteArrayContent(Certificate()), "mine", "cert.pem" },
        };
        await test.PostAsync("setWebhook", form);
        Assert.True((await test.CallAsync("getWebhookInfo")).Result.GetProperty("has_custom_certificate").GetBoolean());
    }

    [Fact]
    public async Task A_certificate_in_a_plain_string_is_ignored()
    {
        await using TestServer test = await StartAsync();
        await test.CallAsync($"setWebhook?url={Url}&certificate=nonsense");
        Assert.False((await test.CallAsync("getWebhookInfo")).Result.GetProperty("has_custom_certificate").GetBoolean());
    }

    [Fact]
    public async Task A_certificate_over_3_MiB_is_refused()
    {
        await using TestServer test = await StartAsync();
        Answer answer = await PostAsync(test, new byte[(3 << 20) + 1]);
        Assert.Equal("Bad Request: certificate size is too big (3145729 bytes)", answer.Description);
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_read_is_refused()
    {
        await using TestServer test = await StartAsync();
        Answer answer = await PostAsync(test, Encoding.ASCII.GetBytes("nonsense"));
        Assert.StartsWith("Bad Request: bad webhook: Failed to set custom certificate file{", answer.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_a_host_is_looked_up_polls_are_refused_and_the_address_is_unknown()
    {
        var lookup = new TaskCompletionSource<IPAddress[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestServer test = await TestServer.StartAsync(new BotApiServerOptions { Resolver = (_, _) => lookup.Task });
        Task<Answer> set = test.CallAsync($"setWebhook?url={Url}");
        await test.UntilAsync(bot => bot.Statistics.Calls.Count == 1);
        Assert.Equal(409, (await test.CallAsync("getUpdates")).Status);
        Assert.Equal("<unknown>", (await test.CallAsync("getWebhookInfo")).Result.GetProperty("ip_address").GetString());
        lookup.SetResult([IPAddress.Parse("9.9.9.9")]);
        Assert.Equal("Webhook was set", (await set).Description);
        Assert.Equal("9.9.9.9", (await test.CallAsync("getWebhookInfo")).Result.GetProperty("ip_address").GetString());
    }

    [Fact]
    public async Task A_newer_call_ends_one_whose_host_is_being_looked_up()
    {
        var lookup = new TaskCompletionSource<IPAddress[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestServer test = await TestServer.StartAsync(new BotApiServerOptions { Resolver = (_, _) => lookup.Task });
        Task<Answer> set = test.CallAsync($"setWebhook?url={Url}");
        await test.UntilAsync(bot => bot.Statistics.Calls.Count == 1);
        Assert.Equal("Webhook was deleted", (await test.CallAsync("deleteWebhook")).Description);
        Answer answer = await set;
        Assert.Equal((409, "Conflict: terminated by other setWebhook"), (answer.Status, answer.Description));
        lookup.SetResult([IPAddress.Parse("9.9.9.9")]);
        Assert.Equal("", (await test.CallAsync("getWebhookInfo")).Result.GetProperty("url").GetString());
    }

    [Fact]
    public async Task A_resolver_that_fails_in_its_own_way_is_shown_and_leaves_no_webhook()
    {
        await using TestServer test = await TestServer.StartAsync(
            new BotApiServerOptions { Resolver = (_, _) => throw new InvalidOperationException("broken") });
        Answer answer = await test.CallAsync($"setWebhook?url={Url}");
        Assert.Equal((500, "Internal Server Error: InvalidOperationException: broken"), (answer.Status, answer.Description));
        Assert.Equal(200, (await test.CallAsync("getUpdates")).Status);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1234/x")]
    [InlineData("https://[::1]:1234/x")]
    [InlineData("https://v6.example")]
    public async Task A_local_server_accepts_any_scheme_port_and_address(string url)
    {
        await using TestServer test = await StartAsync(isLocal: true);
        Assert.Equal("Webhook was set", (await test.CallAsync($"setWebhook?url={url}")).Description);
    }

    [Theory]
    [InlineData(false, "", 40)]
    [InlineData(false, "&max_connections=0", 1)]
    [InlineData(false, "&max_connections=500", 100)]
    [InlineData(true, "", 100)]
    [InlineData(true, "&max_connections=500", 500)]
    [InlineData(true, "&max_connections=500000", 100_000)]
    public async Task The_number_of_connections_is_moved_into_range(bool isLocal, string argument, int expected)
    {
        await using TestServer test = await StartAsync(isLocal);
        await test.CallAsync($"setWebhook?url={Url}{argument}");
        Assert.Equal(expected, (await test.CallAsync("getWebhookInfo")).Result.GetProperty("max_connections").GetInt32());
    }

    internal static Task<TestServer> StartAsync(bool isLocal = false) =>
        TestServer.StartAsync(new BotApiServerOptions { Local = isLocal, Resolver = ResolveAsync });

    private static Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => host switch
    {
        "a.example" => Task.FromResult<IPAddress[]>([IPAddress.Parse("2001:db8::1"), IPAddress.Parse("9.9.9.9")]),
        "v6.example" => Task.FromResult<IPAddress[]>([IPAddress.Parse("2001:db8::1")]),
        _ => throw new SocketException((int)SocketError.HostNotFound),
    };

    private static async Task<Answer> SetAsync(TestServer test, string arguments)
    {
        test.Time.Advance(Second);
        return await test.CallAsync($"setWebhook?url={arguments}");
    }

    private static async Task<Answer> PostAsync(TestServer test, byte[] certificate)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(Url), "url" },
            { new ByteArrayContent(certificate), "certificate", "cert.pem" },
        };
        return await test.PostAsync("setWebhook", form);
    }

    private static byte[] Certificate()
    {
        using var key = ECDsa.Create();
        var request = new CertificateRequest("CN=a.example", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(99));
        return Encoding.ASCII.GetBytes(certificate.ExportCertificatePem());
    }
}
