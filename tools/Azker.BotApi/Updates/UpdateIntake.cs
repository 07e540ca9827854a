using Azker.BotApi.Bots;
using Azker.BotApi.Polling;
using Azker.BotApi.Requests;
using Azker.BotApi.Statistics;

namespace Azker.BotApi.Updates;

/// <summary>Decides which updates enter the queue, and wakes the waiting poll. The caller holds the gate.</summary>
internal sealed class UpdateIntake(BotGate gate, UpdateQueue queue, UpdatePolling polling, Recorder recorder)
{
    public AllowedUpdates Allowed { get; private set; } = AllowedUpdates.Default;

    /// <summary>Takes allowed_updates from a getUpdates or setWebhook. Updates in the queue stay.</summary>
    public void Allow(RequestArguments arguments) => Allowed = AllowedUpdates.Parse(arguments["allowed_updates"]) ?? Allowed;

    /// <summary>The update's id, or null when the Bot API server would drop the update silently.</summary>
    public int? Enqueue(UpdateFragment fragment)
    {
        long now = gate.Now.ToUnixTimeSeconds();
        queue.CollectExpired(gate.Now);
        if (FindObstacle(fragment, now) is { } obstacle)
        {
            recorder.NotQueue(obstacle);
            return null;
        }

        QueuedUpdate update = queue.Add(fragment, (fragment.Date ?? now) + fragment.Kind.Lifetime, gate.Now);
        recorder.Enqueue(update.Trace);
        polling.Wake();
        return update.Id;
    }

    private string? FindObstacle(UpdateFragment fragment, long now) => fragment switch
    {
        _ when !Allowed.Contains(fragment.Kind) => "filtered",
        _ when fragment.Kind.IsMessage && fragment.Date < now - QueuedKind.Day => "too_old",
        _ when fragment.Json.Length > UpdateQueue.MaxUpdateBytes => "too_large",
        _ when !queue.HasRoomFor(fragment.Json.Length) => "full",
        _ => null,
    };
}
