using Azker.Demo.Consoles;
using Azker.Demo.Measurements;

namespace Azker.Demo.Story.Steps;

/// <summary>Waits for the failback: the poller finds by itself that the webhook's console is healthy.</summary>
internal sealed record AwaitFailback(string Poller, string Webhook) : IStep
{
    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        BotConsole poller = stage.Console(Poller);
        BotConsole webhook = stage.Console(Webhook);
        DateTimeOffset seenAt = await stage.ExpectSeenAsync(webhook, $"Console {Poller} fails back to {Webhook}", cancellationToken);
        if (stage.Observer.Latest!.LastAnsweredPollAt(poller.Port, before: seenAt) is not { } lastPollAt)
        {
            throw new DemoFailedException($"Console {Poller} failed back without a poll.");
        }

        poller.History.Enter(ConsoleState.Standby, stage.Clock.At(seenAt));
        stage.Add(
            Takeover.Between(Poller, Webhook, Takeover.FailedBack, seenAt - lastPollAt),
            $"{Poller} stops polling and fails back: {Webhook} {webhook.Receives}");
    }
}
