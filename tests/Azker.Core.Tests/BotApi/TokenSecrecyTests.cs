using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using Azker.BotApi.Faults;
using Azker.Core.Tests.Polling;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.BotApi;

/// <summary>Tests that the token, which is part of every Bot API URL, is in no text that a person can read.</summary>
/// <remarks>It listens to the events of the whole process, so no other test may run at the same time: some have clients of their own.</remarks>
[CollectionDefinition(nameof(TokenSecrecyTests), DisableParallelization = true)]
[Collection(nameof(TokenSecrecyTests))]
public sealed class TokenSecrecyTests
{
    private static readonly string Secret = Settings.Token.Split(':')[1];

    [Fact]
    public async Task The_token_is_in_no_log_no_exception_no_activity_and_no_event_of_the_HTTP_stack()
    {
        using var events = new HttpEvents();
        ConcurrentQueue<string> activities = new();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => activities.Enqueue(string.Join(' ', activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))),
        };
        ActivitySource.AddActivityListener(listener);
        await using PollingFixture polling = await PollingFixture.CreateAsync();
        foreach (FaultKind kind in Enum.GetValues<FaultKind>().Except([FaultKind.Hang]))
        {
            polling.Server.Faults.Add(new Fault(kind) { Method = "getUpdates", Times = 1 });
            polling.Server.Faults.Add(new Fault(kind) { Method = "sendMessage", Times = 1, RetryAfter = 3000 });
        }

        _ = polling.Start(null, ("MAX_ATTEMPTS", "3"));
        for (int i = 0; i < 10; i++)
        {
            polling.Bot.EnqueueText(5, 5, $"/ping {i}");
        }

        await polling.PassUntil(() => polling.Bot.Sent.Any(message => message.Text == "pong 9"), "the last message is answered", step: 1);
        await polling.Server.StopListeningAsync(polling.Server.Ports[0]);
        await polling.Pass(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(0.1));
        polling.Bot.Revoke();
        await polling.Server.StartListeningAsync(polling.Server.Ports[0], TestContext.Current.CancellationToken);
        await polling.PassUntil(() => !polling.Status.IsReceiving && polling.Log.Lines.Any(line => line.EventId == 2030), "the outage is logged", step: 1);

        Assert.NotEmpty(events.Texts);
        Assert.Contains(events.Texts, text => text.Contains("/bot123456:token/getUpdates", StringComparison.Ordinal));
        Assert.Contains(polling.Log.Lines, line => line.Text.Contains("Exception", StringComparison.Ordinal));
        AssertNowhere(events.Texts);
        AssertNowhere(activities);
        AssertNowhere(polling.Log.Lines.Select(line => line.Text));
        AssertNowhere(Directory.GetFiles(polling.DataDirectory, "*", SearchOption.AllDirectories).Select(File.ReadAllText));
    }

    private static void AssertNowhere(IEnumerable<string> texts) =>
        Assert.DoesNotContain(texts, text => text.Contains(Secret, StringComparison.Ordinal));

    private sealed class HttpEvents : EventListener
    {
        private readonly ConcurrentQueue<string> _texts = new();

        public IReadOnlyCollection<string> Texts => _texts;

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name is "System.Net.Http" or "System.Net.Sockets" or "System.Net.NameResolution")
            {
                EnableEvents(eventSource, EventLevel.Verbose, EventKeywords.All);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            _texts?.Enqueue($"{eventData.EventName} {string.Join(' ', eventData.Payload ?? [])}");
    }
}
