using Azker.BotApi;
using Azker.BotApi.Faults;
using Azker.Core.Handling.Errors;
using Azker.Core.Tests.Shared;
using Telegram.Bot;

namespace Azker.Core.Tests.BotApi;

/// <summary>Calls of the client for handlers that fail, and the classes of their errors.</summary>
public sealed class LostAnswerTests : IAsyncLifetime
{
    private BotApiServer _server = null!;
    private TelegramBotClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await BotApiServer.StartAsync(new BotApiServerOptions(), TimeProvider.System, TestContext.Current.CancellationToken);
        _client = HandlerClient.For(_server.Url);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(FaultKind.NoAnswer, 1)]
    [InlineData(FaultKind.ResetMidResponse, 1)]
    [InlineData(FaultKind.Truncated, 1)]
    [InlineData(FaultKind.Reset, 0)]
    public async Task A_cut_after_the_request_was_sent_is_a_lost_answer_whether_the_call_arrived_or_not(FaultKind kind, int sent)
    {
        Assert.Equal(ErrorClass.AnswerLost, await Send(new Fault(kind)));
        Assert.Equal(sent, _server.Bot(Settings.Token).Sent.Count);
    }

    [Fact]
    public async Task Silence_until_the_time_limit_is_a_lost_answer()
    {
        _client.Timeout = TimeSpan.FromSeconds(1);

        Assert.Equal(ErrorClass.AnswerLost, await Send(new Fault(FaultKind.Hang)));
    }

    [Fact]
    public async Task A_readable_success_that_is_no_answer_of_the_Bot_API_is_a_lost_answer() =>
        Assert.Equal(ErrorClass.AnswerLost, await Send(new Fault(FaultKind.Html) { Status = 200 }));

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(404)]
    public async Task An_HTML_page_with_another_status_is_an_outage(int status) =>
        Assert.Equal(ErrorClass.Outage, await Send(new Fault(FaultKind.Html) { Status = status }));

    [Fact]
    public async Task A_refused_connection_is_an_outage()
    {
        await _server.StopListeningAsync(_server.Ports[0]);

        Assert.Equal(ErrorClass.Outage, await Send());
    }

    [Fact]
    public async Task A_connection_that_the_server_closed_while_it_was_idle_is_an_outage_and_no_lost_answer()
    {
        await _client.SendMessage(5, "first", cancellationToken: TestContext.Current.CancellationToken);
        await _server.StopListeningAsync(_server.Ports[0]);

        Assert.Equal(ErrorClass.Outage, await Send());
    }

    [Fact]
    public async Task A_wait_of_90_s_is_left_to_the_delivery() => Assert.Equal(
        ErrorClass.Throttled(TimeSpan.FromSeconds(90)), await Send(new Fault(FaultKind.TooManyRequests) { RetryAfter = 90 }));

    [Fact]
    public async Task A_wait_of_1_s_is_made_by_the_client()
    {
        _server.Faults.Add(new Fault(FaultKind.TooManyRequests) { RetryAfter = 1, Times = 1 });

        await _client.SendMessage(5, "hello", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Single(_server.Bot(Settings.Token).Sent);
    }

    [Fact]
    public async Task A_refusal_is_a_refusal() => Assert.Equal(
        ErrorClass.Refused, await Send(new Fault(FaultKind.Error) { Status = 403, Text = "Forbidden: bot was blocked by the user" }));

    [Fact]
    public async Task A_call_that_its_caller_cancels_stays_a_cancellation()
    {
        _server.Faults.Add(new Fault(FaultKind.Hang));
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task call = _client.SendMessage(5, "hello", cancellationToken: caller.Token);
        await Eventually.IsTrue(() => _server.Faults.All[0].Hits == 1, "the call has arrived");
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private async Task<ErrorClass> Send(Fault? fault = null)
    {
        if (fault is not null)
        {
            _server.Faults.Add(fault);
        }

        return ErrorClass.Of(await Assert.ThrowsAnyAsync<Exception>(
            () => _client.SendMessage(5, "hello", cancellationToken: TestContext.Current.CancellationToken)));
    }
}
