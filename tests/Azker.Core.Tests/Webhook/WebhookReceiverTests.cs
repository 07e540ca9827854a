using System.Text;
using Azker.Core.Configuration;
using Azker.Core.Status;
using Azker.Core.Tests.Shared;
using Azker.Core.Updates;
using Azker.Core.Webhook;

namespace Azker.Core.Tests.Webhook;

public sealed class WebhookReceiverTests : IAsyncDisposable
{
    private const string Json = """{"update_id":7,"message":{"message_id":1,"date":1,"chat":{"id":5,"type":"private"},"text":"السلام عليكم 👋"}}""";

    private readonly List<ReceivedUpdate> _handled = [];
    private Func<CancellationToken, Task> _work = _ => Task.CompletedTask;
    private Services _services;

    public WebhookReceiverTests() => _services = Create();

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task An_update_is_handled_and_answered_200_without_a_body()
    {
        Assert.Equal(new WebhookOutcome(200), await Post(Json));

        Assert.Equal(7, Assert.Single(_handled).Id);
        Assert.Equal(1, _services.Get<ReceiverStatus>().Settled);
    }

    [Theory]
    [InlineData]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData("secret", "secret")]
    [InlineData("secret,secret")]
    public async Task A_request_without_exactly_the_secret_is_answered_401_and_its_body_is_not_read(params string[] secrets)
    {
        WebhookOutcome outcome = await Receive(new ForbiddenStream(), secrets: secrets);

        Assert.Equal(new WebhookOutcome(401), outcome);
        Assert.Empty(_handled);
    }

    [Fact]
    public async Task The_secret_is_checked_before_the_method_and_the_content_type()
    {
        Assert.Equal(401, (await Receive(new ForbiddenStream(), method: "GET", secrets: [])).StatusCode);
        Assert.Equal(405, (await Receive(new ForbiddenStream(), method: "GET")).StatusCode);
        Assert.Equal(415, (await Receive(new ForbiddenStream(), contentType: "text/plain")).StatusCode);
    }

    [Theory]
    [InlineData("application/json", 200)]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("Application/JSON;charset=\"UTF-8\"", 200)]
    [InlineData("application/json; charset=windows-1256", 200)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("application/jsonx", 415)]
    [InlineData("", 415)]
    [InlineData(null, 415)]
    public async Task Only_JSON_is_accepted(string? contentType, int status) =>
        Assert.Equal(status, (await Receive(Body(Json), contentType: contentType)).StatusCode);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(4096)]
    public async Task UTF8_may_be_split_anywhere(int size)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Json);
        Assert.Equal(200, (await Receive(new PiecesStream(bytes, size), contentLength: bytes.Length)).StatusCode);
        Assert.Equal("السلام عليكم 👋", Assert.Single(_handled).Update.Message!.Text);
        Assert.Equal(bytes, _handled[0].Raw.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    public async Task A_body_of_unknown_length_is_read_whole(int size)
    {
        string json = Json.Replace("السلام", new string('x', 20_000), StringComparison.Ordinal);
        Assert.Equal(200, (await Receive(new PiecesStream(Encoding.UTF8.GetBytes(json), size), contentLength: null)).StatusCode);
        Assert.Equal(json, Encoding.UTF8.GetString(Assert.Single(_handled).Raw.Span));
    }

    [Fact]
    public async Task A_body_declared_above_1_MiB_is_answered_413_unread() =>
        Assert.Equal(413, (await Receive(new ForbiddenStream(), contentLength: (1024 * 1024) + 1)).StatusCode);

    [Fact]
    public async Task A_body_that_grows_above_1_MiB_is_answered_413_and_read_no_further()
    {
        var body = new EndlessStream();
        Assert.Equal(413, (await Receive(body, contentLength: null)).StatusCode);
        Assert.Equal((1024 * 1024) + 1, body.BytesRead);
    }

    [Fact]
    public async Task A_body_of_1_MiB_is_accepted()
    {
        string json = Json.Replace("السلام", "x", StringComparison.Ordinal);
        json = json.Insert(json.IndexOf("x ", StringComparison.Ordinal), new string('x', (1024 * 1024) - Encoding.UTF8.GetByteCount(json)));
        Assert.Equal(200, (await Post(json)).StatusCode);
        Assert.Equal(1024 * 1024, Assert.Single(_handled).Raw.Length);
    }

    [Fact]
    public async Task A_body_that_stalls_is_answered_408_when_its_time_is_up()
    {
        Task<WebhookOutcome> answer = Receive(new StalledStream(), contentLength: 100);

        _services.Time.Advance(WebhookBody.Timeout - TimeSpan.FromMilliseconds(1));
        Assert.False(answer.IsCompleted);
        _services.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(408, (await Eventually.Completes(answer)).StatusCode);
    }

    [Fact]
    public async Task A_client_that_disconnects_ends_the_reading()
    {
        using var aborted = new CancellationTokenSource();
        Task<WebhookOutcome> answer = _services.Get<WebhookReceiver>().ReceiveAsync(
            Request(new StalledStream(), aborted.Token), TestContext.Current.CancellationToken);

        await aborted.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.Completes(answer));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"message":{}}""")]
    [InlineData("""{"update_id":"7"}""")]
    [InlineData("""{"update_id":7} and more""")]
    public async Task Data_that_is_not_an_update_is_answered_200_and_becomes_a_dead_letter(string body)
    {
        Assert.Equal(new WebhookOutcome(200), await Post(body));

        Assert.Equal(body, Assert.Single(_services.DeadLetters()));
        Assert.Empty(_handled);
    }

    [Fact]
    public async Task A_body_that_was_lost_in_transit_is_answered_400_so_that_Telegram_delivers_it_again()
    {
        Assert.Equal(new WebhookOutcome(400), await Receive(Stream.Null, contentLength: null));

        Assert.Empty(_services.DeadLetters());
    }

    [Fact]
    public async Task Data_that_is_not_an_update_and_cannot_be_stored_is_answered_500()
    {
        await File.WriteAllTextAsync(_services.Data["dead-letters"], "in the way", TestContext.Current.CancellationToken);

        Assert.Equal(new WebhookOutcome(500), await Post("{"));
    }

    [Fact]
    public async Task An_update_that_does_not_fit_the_types_becomes_a_dead_letter_at_once()
    {
        _work = _ => throw new UnreadableUpdateException("odd");

        Assert.Equal(new WebhookOutcome(200), await Post(Json));
        Assert.Equal(Json, Assert.Single(_services.DeadLetters()));
    }

    [Fact]
    public async Task An_update_that_was_handled_is_answered_200_and_not_handled_again()
    {
        await Post(Json);

        Assert.Equal(new WebhookOutcome(200), await Post(Json));
        Assert.Single(_handled);
    }

    [Fact]
    public async Task An_update_that_is_being_processed_is_not_handled_again_and_each_of_its_requests_is_answered_200()
    {
        var work = new TaskCompletionSource();
        _work = _ => work.Task;
        Task<WebhookOutcome> first = Post(Json);
        await Eventually.IsTrue(() => _handled.Count == 1, "the handler runs");

        Task<WebhookOutcome> second = Post(Json);
        Assert.False(second.IsCompleted);

        work.SetResult();
        Assert.Equal(new WebhookOutcome(200), await Eventually.Completes(first));
        Assert.Equal(new WebhookOutcome(200), await Eventually.Completes(second));
        Assert.Single(_handled);
    }

    [Fact]
    public async Task A_client_that_disconnects_does_not_end_the_handling()
    {
        using var aborted = new CancellationTokenSource();
        var work = new TaskCompletionSource();
        _work = _ => work.Task;
        Task<WebhookOutcome> first = _services.Get<WebhookReceiver>().ReceiveAsync(
            Request(Body(Json), aborted.Token), TestContext.Current.CancellationToken);
        await Eventually.IsTrue(() => _handled.Count == 1, "the handler runs");

        await aborted.CancelAsync();
        work.SetResult();

        Assert.Equal(200, (await Eventually.Completes(first)).StatusCode);
        Assert.Equal(200, (await Post(Json)).StatusCode);
        Assert.Single(_handled);
    }

    [Fact]
    public async Task Without_a_free_slot_an_update_is_answered_503_with_a_short_Retry_After()
    {
        await _services.DisposeAsync();
        _services = Create((SettingNames.MaxConcurrentUpdates, "1"), (SettingNames.MaxBackgroundUpdates, "1"));
        var work = new TaskCompletionSource();
        _work = _ => work.Task;
        Task<WebhookOutcome> background = Post(Json);
        await _services.Time.PassUntil(() => background.IsCompleted, "the first is parked and has left its slot", step: 1);
        Task<WebhookOutcome> first = Post("""{"update_id":8,"message":{"chat":{"id":6}}}""");
        await _services.Time.PassUntil(() => _handled.Count == 2, "the handler of the second runs");

        Task<WebhookOutcome> second = Post("""{"update_id":9,"message":{"chat":{"id":7}}}""");
        await _services.Time.PassUntil(() => second.IsCompleted, "the third is answered", step: 1);

        Assert.Equal(new WebhookOutcome(503, RetryAfterSeconds: 1), await second);
        work.SetResult();
        Assert.Equal(200, (await Eventually.Completes(first)).StatusCode);
        Assert.Equal(200, (await Post("""{"update_id":9,"message":{"chat":{"id":7}}}""")).StatusCode);
        Assert.Equal([7, 8, 9], _handled.Select(update => update.Id));
    }

    [Fact]
    public async Task While_the_ledger_is_down_no_update_is_handled_and_each_is_answered_503_without_Retry_After()
    {
        string inTheWay = _services.Data["updates-123456.db"];
        Directory.CreateDirectory(inTheWay);

        Assert.Equal(new WebhookOutcome(503), await Post(Json));
        Assert.Empty(_handled);
        Directory.Delete(inTheWay);

        Assert.Equal(new WebhookOutcome(200), await Post(Json));
        Assert.Single(_handled);
    }

    [Fact]
    public async Task An_update_is_settled_on_disk_before_it_is_answered_200()
    {
        await Post(Json);

        Assert.Equal([(7, true)], await LedgerDatabase.ReadAsync(_services.Data["updates-123456.db"]));
    }

    [Fact]
    public async Task Updates_of_one_chat_are_handled_one_after_the_other()
    {
        var first = new TaskCompletionSource();
        _work = _ => first.Task;
        Task<WebhookOutcome> one = Post(Json);
        await Eventually.IsTrue(() => _handled.Count == 1, "the first handler runs");
        Task<WebhookOutcome> two = Post(Json.Replace(":7", ":8", StringComparison.Ordinal));
        Task<WebhookOutcome> other = Post("""{"update_id":9,"message":{"chat":{"id":6}}}""");
        await Eventually.IsTrue(() => _handled.Count == 2, "another chat's handler runs");

        Assert.Equal([7, 9], _handled.Select(update => update.Id));
        first.SetResult();
        await Eventually.Completes(Task.WhenAll(one, two, other));
        Assert.Equal([7, 9, 8], _handled.Select(update => update.Id));
    }

    [Fact]
    public async Task A_stop_ends_a_handler_without_counting_its_attempt()
    {
        using var stopping = new CancellationTokenSource();
        _work = token => Task.Delay(Timeout.InfiniteTimeSpan, _services.Time, token);
        Task<WebhookOutcome> answer = _services.Get<WebhookReceiver>().ReceiveAsync(Request(Body(Json), CancellationToken.None), stopping.Token);
        await Eventually.IsTrue(() => _handled.Count == 1, "the handler runs");

        await stopping.CancelAsync();

        Assert.Equal(new WebhookOutcome(503), await Eventually.Completes(answer));
        _work = _ => Task.CompletedTask;
        Assert.Equal(new WebhookOutcome(200), await Post(Json));
    }

    private static MemoryStream Body(string body) => new(Encoding.UTF8.GetBytes(body));

    private static WebhookRequest Request(
        Stream body,
        CancellationToken aborted,
        string method = "POST",
        string[]? secrets = null,
        string? contentType = "application/json",
        long? contentLength = null) => new()
        {
            Method = method,
            SecretTokens = secrets ?? ["secret"],
            ContentType = contentType,
            ContentLength = contentLength,
            Body = body,
            Aborted = aborted,
        };

    private Services Create(params (string Name, string? Value)[] settings) => new(
        [(SettingNames.WebhookSecret, "secret"), .. settings],
        new TestHandler(
            _ => true,
            (update, token) =>
            {
                lock (_handled)
                {
                    _handled.Add(update);
                }

                return _work(token);
            }));

    private Task<WebhookOutcome> Post(string body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        return Receive(new MemoryStream(bytes), contentLength: bytes.Length);
    }

    private Task<WebhookOutcome> Receive(
        Stream body, string method = "POST", string[]? secrets = null, string? contentType = "application/json", long? contentLength = null) =>
        _services.Get<WebhookReceiver>().ReceiveAsync(
            Request(body, CancellationToken.None, method, secrets, contentType, contentLength), TestContext.Current.CancellationToken);
}
