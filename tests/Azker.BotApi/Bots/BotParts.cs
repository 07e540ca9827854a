using System.Text.Json.Nodes;
using Azker.BotApi.Messages;
using Azker.BotApi.Polling;
using Azker.BotApi.Statistics;
using Azker.BotApi.Updates;
using Azker.BotApi.Webhooks;

namespace Azker.BotApi.Bots;

/// <summary>What a bot is made of behind its gate. A reset makes all of it anew.</summary>
internal sealed class BotParts
{
    public BotParts(BotGate gate, ServerContext server, Recorder recorder, Func<int> drawFirstId)
    {
        Recorder = recorder;
        Queue = new UpdateQueue(drawFirstId, server.StartedAt, recorder.UpdateCounts);
        Conflicts = new Conflicts(gate, recorder);
        Polling = new UpdatePolling(gate, Queue, Conflicts);
        Intake = new UpdateIntake(gate, Queue, Polling, recorder);
        Webhook = new WebhookRegistration(gate, server, Queue, Intake, Polling, Conflicts);
    }

    public Recorder Recorder { get; }

    public UpdateQueue Queue { get; }

    public Conflicts Conflicts { get; }

    public UpdatePolling Polling { get; }

    public UpdateIntake Intake { get; }

    public WebhookRegistration Webhook { get; }

    public ChatLog Chats { get; } = new();

    /// <summary>The commands by scope and language.</summary>
    public Dictionary<(string Scope, string Language), JsonArray> Commands { get; } = [];
}
