using Azker.BotApi.Messages;
using Azker.BotApi.Methods;
using Azker.BotApi.Polling;
using Azker.BotApi.Pushing;
using Azker.BotApi.Requests;
using Azker.BotApi.Statistics;
using Azker.BotApi.Updates;
using Azker.BotApi.Webhooks;

namespace Azker.BotApi.Bots;

/// <summary>The parts of a bot behind its gate. A reset replaces all of them.</summary>
internal sealed class BotParts
{
    public BotParts(BotGate gate, ServerContext server, Recorder recorder, Func<int> drawFirstId, Func<ApiCall, Task<ApiAnswer>> reply)
    {
        Recorder = recorder;
        Queue = new UpdateQueue(drawFirstId, server.StartedAt, recorder.UpdateCounts);
        Conflicts = new Conflicts(gate, recorder);
        Polling = new UpdatePolling(gate, Queue, Conflicts);
        Intake = new UpdateIntake(gate, Queue, Polling, recorder);
        Pushing = new UpdatePushing(new PushContext(gate, Queue, recorder, reply));
        Webhook = new WebhookChanges(gate, server, Queue, Intake, Polling, Pushing, Conflicts);
    }

    public Recorder Recorder { get; }

    public UpdateQueue Queue { get; }

    public Conflicts Conflicts { get; }

    public UpdatePolling Polling { get; }

    public UpdatePushing Pushing { get; }

    public UpdateIntake Intake { get; }

    public WebhookChanges Webhook { get; }

    public ChatLog Chats { get; } = new();

    /// <summary>The lists of commands by scope and language code; the empty code is the list for all languages.</summary>
    public Dictionary<(CommandScope Scope, string Language), IReadOnlyList<BotCommand>> Commands { get; } = [];
}
