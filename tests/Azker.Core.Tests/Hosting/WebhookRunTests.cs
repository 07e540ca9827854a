using Azker.BotApi.Faults;
using Azker.Core.Configuration;
using Azker.Core.Hosting;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.Core.Tests.Hosting;

/// <summary>The stop of a run that serves the webhook, in virtual time.</summary>
public sealed class WebhookRunTests : IAsyncLifetime
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _requestsFinished = new();
    private readonly CancellationTokenSource _stop = new();
    private StandIn _standIn = null!;
    private Task _run = Task.CompletedTask;

    public async ValueTask InitializeAsync() => _standIn = await StandIn.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _requestsFinished.TrySetResult();
        await _standIn.Time.PassUntil(() => _run.IsCompleted, "the run ends", step: 1);
        _stop.Dispose();
        await _standIn.DisposeAsync();
    }

    [Fact]
    public async Task A_stop_takes_less_than_30_s_although_requests_are_in_flight_for_25_s_and_Telegram_is_silent()
    {
        Start();
        await Eventually.IsTrue(() => _standIn.Bot.Webhook.Url == StandIn.Url, "the webhook is registered");

        await StopsInTime();
    }

    [Theory]
    [InlineData("getWebhookInfo")]
    [InlineData("setWebhook")]
    public async Task A_stop_takes_less_than_30_s_although_a_call_is_on_its_way_that_Telegram_does_not_answer(string method)
    {
        _standIn.Server.Faults.Add(new Fault(FaultKind.Hang) { Method = method });
        Start();
        await Eventually.IsTrue(() => _standIn.Server.Faults.All.Single().Hits == 1, "the call has arrived");

        await StopsInTime();
    }

    private void Start() =>
        _run = ActivatorUtilities.CreateInstance<WebhookRun>(_standIn.Services.Get<IServiceProvider>()).RunAsync(_requestsFinished.Task, _stop.Token);

    /// <summary>Stops the run while Telegram is silent and requests are in flight for as long as <c>SHUTDOWN_TIMEOUT</c> lets them.</summary>
    private async Task StopsInTime()
    {
        TimeSpan requests = _standIn.Services.Get<DeliveryOptions>().ShutdownTimeout;
        _standIn.Server.Faults.Add(new Fault(FaultKind.Hang));
        await _stop.CancelAsync();
        DateTimeOffset end = _standIn.Time.GetUtcNow() + requests;
        await _standIn.Time.PassUntil(() => _standIn.Time.GetUtcNow() >= end, "the requests are finished", step: 1);
        _requestsFinished.SetResult();

        await _standIn.Time.PassUntil(() => _run.IsCompleted, "the run has ended within 30 s", most: Promised - requests);
        await _run;
    }
}
