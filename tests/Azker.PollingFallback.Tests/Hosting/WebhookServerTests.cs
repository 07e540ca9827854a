using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Azker.Core.Configuration;
using Azker.Core.Tests.Shared;
using Azker.PollingFallback.Hosting;
using Telegram.Bot.Requests;

namespace Azker.PollingFallback.Tests.Hosting;

public sealed class WebhookServerTests : IAsyncLifetime
{
    private const string Update = """{"update_id":7,"message":{"message_id":1,"date":1,"chat":{"id":5,"type":"private"},"text":"السلام عليكم 👋"}}""";

    private ConsoleServerHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ConsoleServerHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_update_is_handled_and_answered_200()
    {
        RawAnswer answer = await _host.Send(Post(Update));

        Assert.Equal(200, answer.Status);
        Assert.Equal("0", answer.Header("Content-Length"));
        Assert.Null(answer.Header("Server"));
        Assert.Equal(7, Assert.Single(_host.Handled).Id);
    }

    [Fact]
    public async Task A_connection_is_kept_for_the_next_update()
    {
        using Socket socket = await RawHttp.ConnectAsync(_host.Port);
        for (int id = 1; id <= 3; id++)
        {
            await RawHttp.SendAsync(socket, Encoding.UTF8.GetBytes(Post($"{{\"update_id\":{id}}}")));
            Assert.Equal(200, (await RawHttp.ReadAsync(socket)).Status);
        }

        Assert.Equal(3, _host.Handled.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("X-Telegram-Bot-Api-Secret-Token: \r\n")]
    [InlineData("X-Telegram-Bot-Api-Secret-Token: wrong\r\n")]
    [InlineData("X-Telegram-Bot-Api-Secret-Token: the-right-secret\r\nX-Telegram-Bot-Api-Secret-Token: the-right-secret\r\n")]
    [InlineData("X-Telegram-Bot-Api-Secret-Token: the-right-secret,the-right-secret\r\n")]
    [InlineData("X-Telegram-Bot-Api-Secret-Token: wrong\r\nx-telegram-bot-api-secret-token: the-right-secret\r\n")]
    public async Task Without_exactly_the_secret_the_answer_is_always_the_same_401(string header)
    {
        RawAnswer answer = await _host.Send(Post(Update, secret: header));

        Assert.Equal(401, answer.Status);
        Assert.Equal("0", answer.Header("Content-Length"));
        Assert.Equal("", answer.Body);
        Assert.Equal(["HTTP/1.1 401 Unauthorized", "Content-Length", "Date"], answer.Head.Split("\r\n").Select(line => line.Split(": ")[0]).Order(StringComparer.Ordinal).OrderBy(line => line.StartsWith("HTTP", StringComparison.Ordinal) ? 0 : 1));
        Assert.Empty(_host.Handled);
    }

    [Fact]
    public async Task A_wrong_secret_is_answered_before_the_body_has_come() =>
        Assert.Equal(401, (await _host.Send("POST /webhook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n")).Status);

    [Theory]
    [InlineData("POST /other HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", 404)]
    [InlineData("POST /webhook/ HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", 404)]
    [InlineData("POST /Webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", 404)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n", 404)]
    [InlineData("GET /webhook HTTP/1.1\r\nHost: x\r\n\r\n", 401)]
    [InlineData("GET /webhook HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: the-right-secret\r\n\r\n", 405)]
    [InlineData("PUT /webhook HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: the-right-secret\r\nContent-Length: 0\r\n\r\n", 405)]
    [InlineData("POST /health HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", 405)]
    [InlineData("POST /webhook HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: the-right-secret\r\nContent-Length: 2\r\n\r\n{}", 415)]
    [InlineData("POST /webhook HTTP/1.1\r\nX-Telegram-Bot-Api-Secret-Token: the-right-secret\r\nContent-Length: 0\r\n\r\n", 400)]
    [InlineData("nonsense\r\n\r\n", 400)]
    public async Task A_wrong_request_has_the_right_status_and_a_length(string request, int status)
    {
        RawAnswer answer = await _host.Send(request);

        Assert.Equal(status, answer.Status);
        Assert.Equal("0", answer.Header("Content-Length"));
        Assert.Empty(_host.Handled);
    }

    [Theory]
    [InlineData("GET", "/health", 503, "\"status\":\"degraded\"")]
    [InlineData("GET", "/health/live", 200, "{\"status\":\"ok\"}")]
    [InlineData("GET", "/health/ready", 200, "\"status\":\"degraded\"")]
    [InlineData("POST", "/health/ready", 405, "")]
    public async Task While_Telegram_cannot_be_asked_the_process_is_live_and_ready_for_requests(string method, string path, int status, string body)
    {
        RawAnswer answer = await _host.Send($"{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");

        Assert.Equal(status, answer.Status);
        Assert.Contains(body, answer.Body, StringComparison.Ordinal);
        Assert.NotNull(answer.Header("Content-Length"));
    }

    [Fact]
    public async Task The_answer_to_a_refused_method_names_the_allowed_methods()
    {
        Assert.Equal("POST", (await _host.Send($"GET /webhook HTTP/1.1\r\nHost: x\r\n{Secret()}\r\n")).Header("Allow"));
        Assert.Equal("GET, HEAD", (await _host.Send("DELETE /health HTTP/1.1\r\nHost: x\r\n\r\n")).Header("Allow"));
    }

    [Fact]
    public async Task JSON_with_any_charset_is_taken() =>
        Assert.Equal(200, (await _host.Send(Post(Update).Replace("application/json", "application/json; charset=windows-1256", StringComparison.Ordinal))).Status);

    [Fact]
    public async Task UTF8_may_be_split_between_packets_anywhere()
    {
        byte[] request = Encoding.UTF8.GetBytes(Post(Update));
        int text = request.AsSpan().IndexOf("السلام"u8);
        for (int split = text - 1; split < request.Length; split += 3)
        {
            byte[] numbered = Encoding.UTF8.GetBytes(Post(Update.Replace("\"update_id\":7", $"\"update_id\":{split}", StringComparison.Ordinal)));
            using Socket socket = await RawHttp.ConnectAsync(_host.Port);
            await RawHttp.SendAsync(socket, numbered.AsMemory(0, split));
            await RawHttp.SendAsync(socket, numbered.AsMemory(split));
            Assert.Equal(200, (await RawHttp.ReadAsync(socket)).Status);
        }

        Assert.All(_host.Handled, update => Assert.Equal("السلام عليكم 👋", update.Update.Message!.Text));
    }

    [Fact]
    public async Task A_chunked_body_is_read()
    {
        RawAnswer answer = await _host.Send(
            $"POST /webhook HTTP/1.1\r\nHost: x\r\n{Secret()}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
            "d\r\n{\"update_id\":\r\n",
            "2\r\n7}\r\n0\r\n\r\n");

        Assert.Equal(200, answer.Status);
        Assert.Equal(7, Assert.Single(_host.Handled).Id);
    }

    [Fact]
    public async Task A_wrongly_chunked_body_is_answered_400() => Assert.Equal(400, (await _host.Send(
        $"POST /webhook HTTP/1.1\r\nHost: x\r\n{Secret()}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")).Status);

    [Fact]
    public async Task A_body_declared_as_10_MB_is_answered_413_at_once()
    {
        RawAnswer answer = await _host.Send($"POST /webhook HTTP/1.1\r\nHost: x\r\n{Secret()}Content-Type: application/json\r\nContent-Length: 10000000\r\n\r\n");

        Assert.Equal(413, answer.Status);
        Assert.Equal("close", answer.Header("Connection"));
    }

    [Fact]
    public async Task A_chunked_body_of_10_MB_is_answered_413()
    {
        using Socket socket = await RawHttp.ConnectAsync(_host.Port);
        await RawHttp.SendAsync(socket, Encoding.UTF8.GetBytes(
            $"POST /webhook HTTP/1.1\r\nHost: x\r\n{Secret()}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"));
        byte[] chunk = Encoding.UTF8.GetBytes($"10000\r\n{new string('x', 0x10000)}\r\n");
        // Bytes that Kestrel has not read would turn its close into a reset, so the test sends no more than Kestrel reads before it refuses.
        for (int sent = 0; sent < 17; sent++)
        {
            await RawHttp.SendAsync(socket, chunk);
        }

        Assert.Equal(413, (await RawHttp.ReadAsync(socket)).Status);
    }

    [Fact]
    public async Task A_body_that_stalls_is_answered_408()
    {
        RawAnswer answer = await _host.Send(
            $"POST /webhook HTTP/1.1\r\nHost: x\r\n{Secret()}Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n", "{");

        Assert.Equal(408, answer.Status);
        Assert.Equal("close", answer.Header("Connection"));
    }

    [Fact]
    public async Task A_header_that_is_too_large_is_answered_431() =>
        Assert.Equal(431, (await _host.Send($"POST /webhook HTTP/1.1\r\nHost: x\r\nX-Large: {new string('x', 20_000)}\r\n\r\n")).Status);

    [Fact]
    public async Task Too_many_headers_are_answered_431() => Assert.Equal(431, (await _host.Send(
        $"POST /webhook HTTP/1.1\r\nHost: x\r\n{string.Concat(Enumerable.Range(0, 100).Select(n => $"X-{n}: x\r\n"))}\r\n")).Status);

    [Theory]
    [InlineData("{")]
    [InlineData("{\"message\":{}}")]
    public async Task A_body_that_is_no_update_is_answered_200_and_kept(string body)
    {
        AssertEmpty(200, await _host.Send(Post(body)));

        Assert.Equal(body, Assert.Single(_host.DeadLetters()));
    }

    [Fact]
    public async Task A_reply_of_the_handler_is_the_answers_body()
    {
        _host.Reply = new SendMessageRequest { ChatId = 5, Text = "وعليكم السلام" };

        RawAnswer answer = await _host.Send(Post(Update));

        Assert.Equal(200, answer.Status);
        Assert.Equal("application/json", answer.Header("Content-Type"));
        JsonNode body = JsonNode.Parse(Encoding.Latin1.GetBytes(answer.Body))!;
        Assert.Equal("sendMessage", (string?)body["method"]);
        Assert.Equal("وعليكم السلام", (string?)body["text"]);
    }

    [Fact]
    public async Task After_its_last_attempt_an_update_is_answered_200_and_kept()
    {
        await RestartAsync((SettingNames.MaxAttempts, "2"));
        _host.Work = (_, _) => throw new InvalidOperationException("internal");

        AssertEmpty(200, await _host.Send(Post(Update)));

        Assert.Equal(2, _host.Handled.Count);
        Assert.Equal(Update, Assert.Single(_host.DeadLetters()));
    }

    [Fact]
    public async Task A_handler_that_runs_out_of_time_is_tried_again_before_the_answer()
    {
        await RestartAsync((SettingNames.HandlerTimeout, "0.1"));
        _host.Work = (_, token) => _host.Handled.Count == 1 ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token) : Task.CompletedTask;

        AssertEmpty(200, await Eventually.Completes(_host.Send(Post(Update))));
        Assert.Equal(2, _host.Handled.Count);
    }

    [Fact]
    public async Task A_failing_handler_is_tried_again_before_the_answer()
    {
        _host.Work = (_, _) => _host.Handled.Count == 1 ? throw new InvalidOperationException("internal") : Task.CompletedTask;

        AssertEmpty(200, await _host.Send(Post(Update)));
        Assert.Equal(2, _host.Handled.Count);
    }

    [Fact]
    public async Task An_update_in_progress_is_not_handled_again_and_each_of_its_requests_is_answered_200()
    {
        var work = new TaskCompletionSource();
        _host.Work = (_, _) => work.Task;
        Task<RawAnswer> first = _host.Send(Post(Update));
        await Eventually.IsTrue(() => _host.Handled.Count == 1, "the handler runs");

        Task<RawAnswer> second = _host.Send(Post(Update));
        work.SetResult();

        Assert.Equal(200, (await Eventually.Completes(first)).Status);
        Assert.Equal(200, (await Eventually.Completes(second)).Status);
        Assert.Single(_host.Handled);
    }

    [Fact]
    public async Task A_handler_that_takes_long_is_answered_200_and_runs_to_its_end()
    {
        await RestartAsync((SettingNames.AcknowledgeAfter, "0.1"));
        var work = new TaskCompletionSource();
        bool hasEnded = false;
        _host.Work = async (_, _) =>
        {
            await work.Task;
            hasEnded = true;
        };

        AssertEmpty(200, await Eventually.Completes(_host.Send(Post(Update))));
        Assert.False(hasEnded);
        work.SetResult();

        await Eventually.IsTrue(() => hasEnded, "the handler ends");
    }

    [Fact]
    public async Task Overload_is_answered_503_with_a_short_Retry_After()
    {
        await RestartAsync((SettingNames.MaxConcurrentUpdates, "1"), (SettingNames.AcknowledgeAfter, "50"));
        var work = new TaskCompletionSource();
        _host.Work = (_, _) => work.Task;
        Task<RawAnswer> first = _host.Send(Post(Update));
        await Eventually.IsTrue(() => _host.Handled.Count == 1, "the handler runs");

        RawAnswer overloaded = await _host.Send(Post("""{"update_id":8}"""));
        work.SetResult();

        Assert.Equal(503, overloaded.Status);
        Assert.Equal("1", overloaded.Header("Retry-After"));
        Assert.Equal(200, (await Eventually.Completes(first)).Status);
    }

    [Fact]
    public async Task A_stop_finishes_the_requests_in_flight_and_takes_no_more()
    {
        var work = new TaskCompletionSource();
        _host.Work = (_, _) => work.Task;
        int port = _host.Port;
        Task<RawAnswer> inFlight = _host.Send(Post(Update));
        await Eventually.IsTrue(() => _host.Handled.Count == 1, "the handler runs");

        Task stop = _host.StopAsync(TimeSpan.FromSeconds(25));
        await Eventually.IsTrue(() => IsRefused(port), "new connections are refused");
        work.SetResult();

        Assert.Equal(200, (await Eventually.Completes(inFlight)).Status);
        await Eventually.Completes(stop);
    }

    [Fact]
    public async Task A_stop_whose_time_limit_is_over_cancels_the_handlers_and_answers_503()
    {
        _host.Work = (_, token) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        Task<RawAnswer> inFlight = _host.Send(Post(Update));
        await Eventually.IsTrue(() => _host.Handled.Count == 1, "the handler runs");

        await Eventually.Completes(_host.StopAsync(TimeSpan.Zero));

        Assert.Equal(503, (await Eventually.Completes(inFlight)).Status);
    }

    [Fact]
    public async Task An_address_in_use_is_named()
    {
        var other = (SettingNames.WebhookListen, (string?)$"http://127.0.0.1:{_host.Port}");

        ListenException error = await Assert.ThrowsAsync<ListenException>(() => ConsoleServerHost.StartAsync(other));

        Assert.Contains($"http://127.0.0.1:{_host.Port}", error.Message, StringComparison.Ordinal);
        Assert.Contains("WEBHOOK_LISTEN", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_bot_polls_the_server_has_no_webhook_and_a_health_report()
    {
        await using ConsoleServerHost polling = await ConsoleServerHost.StartAsync((SettingNames.UseWebhook, "false"));

        Assert.Equal(404, (await polling.Send(Post(Update))).Status);
        RawAnswer health = await polling.Send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Equal(503, health.Status);
        Assert.Equal("application/json", health.Header("Content-Type"));
        Assert.Contains("\"status\":\"degraded\"", health.Body, StringComparison.Ordinal);
        Assert.Contains("\"mode\":\"polling\",\"active\":false", health.Body, StringComparison.Ordinal);
    }

    private async Task RestartAsync(params (string Name, string? Value)[] settings)
    {
        await _host.DisposeAsync();
        _host = await ConsoleServerHost.StartAsync(settings);
    }

    private static void AssertEmpty(int status, RawAnswer answer)
    {
        Assert.Equal(status, answer.Status);
        Assert.Equal("0", answer.Header("Content-Length"));
        Assert.Equal("", answer.Body);
    }

    private static bool IsRefused(int port)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect("127.0.0.1", port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private static string Secret() => $"X-Telegram-Bot-Api-Secret-Token: {ConsoleServerHost.Secret}\r\n";

    private static string Post(string body, string? secret = null) =>
        $"POST /webhook HTTP/1.1\r\nHost: x\r\n{secret ?? Secret()}Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n"
        + $"Connection: keep-alive\r\nAccept-Encoding: gzip, deflate\r\n\r\n{body}";
}
