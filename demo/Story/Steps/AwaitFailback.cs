using Azker.Demo.Consoles;
using Azker.Demo.Measurements;

namespace Azker.Demo.Story.Steps;

/// <summary>Nobody does anything: the poller sees by itself that the webhook's console is well.</summary>
internal sealed record AwaitFailback(string Poller, string Webhook) : IStep
{
    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        BotConsole poller = stage.Console(Poller);
        BotConsole webhook = stage.Console(Webhook);
        DateTimeOffset seenAt = await stage.ExpectSeenAsync(webhook, $"Console {Webhook} gets the updates back from {Poller}", cancellationToken);
        if (stage.Observer.Latest!.LastAnsweredPollAt(poller.Port, before: seenAt) is not { } lastPollAt)
        {
            throw new DemoFailedException($"Console {Poller} handed back without having polled.");
        }

        poller.History.Enter(ConsoleState.Standby, stage.Clock.At(seenAt));
        stage.Add(
            Takeover.Between(Poller, Webhook, Takeover.FailedBack, seenAt - lastPollAt),
            $"{Poller} stops polling and hands back: {Webhook} {webhook.Receives}");
    }
}
