using System.Text;
using Azker.Core.Configuration;
using Azker.Core.Delivery.Parking;
using Azker.Core.Handling;
using Azker.Core.Tests.Shared;
using Azker.Core.Updates;
using Azker.Core.Webhook;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Webhook;

/// <summary>A host that has no durable place for updates, such as Azure Functions without a storage account: Telegram delivers again.</summary>
public sealed class WebhookWithoutParkingTests : IAsyncDisposable
{
    private const string Json = """{"update_id":7,"message":{"message_id":1,"date":1,"chat":{"id":5,"type":"private"},"text":"hello"}}""";

    private readonly List<ReceivedUpdate> _handled = [];
    private readonly Services _services;
    private Func<CancellationToken, Task> _work = _ => Task.CompletedTask;

    public WebhookWithoutParkingTests()
    {
        var handler = new TestHandler(
            _ => true,
            (update, token) =>
            {
                _handled.Add(update);
                return _work(token);
            });
        _services = new Services(
            [(SettingNames.WebhookSecret, "secret")],
            new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56)),
            options => options,
            services => services
                .AddSingleton(new ParkingLimits(IsPossible: false, OutlivesRequests: false))
                .AddKeyedSingleton("", HandlerRegistration.Of(handler)));
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task A_failing_update_is_answered_500_until_its_attempts_are_used_up()
    {
        _work = _ => throw new InvalidOperationException("broken");

        for (int attempt = 1; attempt < 5; attempt++)
        {
            Assert.Equal(new WebhookOutcome(500), await Post(Json));
            Assert.Empty(_services.DeadLetters());
        }

        Assert.Equal(new WebhookOutcome(200), await Post(Json));
        Assert.Equal(Json, Assert.Single(_services.DeadLetters()));
        Assert.Equal(new WebhookOutcome(200), await Post(Json));
        Assert.Equal(5, _handled.Count);
    }

    [Theory]
    [InlineData(3, 200)]
    [InlineData(5, 500)]
    public async Task A_failing_update_that_Telegram_would_drop_before_its_next_delivery_becomes_a_dead_letter_at_once(int secondsLeft, int status)
    {
        _work = _ => throw new InvalidOperationException("broken");
        long date = _services.Time.GetUtcNow().ToUnixTimeSeconds() - 86_400 + secondsLeft;
        string json = Json.Replace("\"date\":1", $"\"date\":{date}", StringComparison.Ordinal);

        Assert.Equal(status, (await Post(json)).StatusCode);
        Assert.Equal(status == 200 ? [json] : [], _services.DeadLetters());
    }

    [Fact]
    public async Task An_update_whose_dead_letter_cannot_be_written_is_answered_500()
    {
        await File.WriteAllTextAsync(_services.Data["dead-letters"], "in the way", TestContext.Current.CancellationToken);
        _work = _ => throw new UnreadableUpdateException("odd");

        Assert.Equal(new WebhookOutcome(500), await Post(Json));
    }

    [Fact]
    public async Task A_handler_that_runs_longer_than_a_request_is_answered_500()
    {
        _work = token => Task.Delay(Timeout.InfiniteTimeSpan, _services.Time, token);
        Task<WebhookOutcome> answer = Post(Json);
        await Eventually.IsTrue(() => _handled.Count == 1, "the handler runs");

        _services.Time.Advance(TimeSpan.FromSeconds(50));

        Assert.Equal(new WebhookOutcome(500), await Eventually.Completes(answer));
    }

    private Task<WebhookOutcome> Post(string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        return _services.Get<WebhookReceiver>().ReceiveAsync(
            new WebhookRequest
            {
                Method = "POST",
                SecretTokens = ["secret"],
                ContentType = "application/json",
                ContentLength = bytes.Length,
                Body = new MemoryStream(bytes),
            },
            TestContext.Current.CancellationToken);
    }
}
