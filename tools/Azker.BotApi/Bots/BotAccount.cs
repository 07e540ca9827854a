using System.Text.Json.Nodes;
using Azker.BotApi.Messages;
using Azker.BotApi.Methods;
using Azker.BotApi.Requests;
using Azker.BotApi.Statistics;
using Azker.BotApi.Updates;

namespace Azker.BotApi.Bots;

/// <summary>One bot as Telegram's side sees it: put updates in, see what the bot did. Thread-safe.</summary>
public sealed class BotAccount
{
    private readonly BotGate _gate;
    private readonly ServerContext _server;
    private readonly BotLifecycle _lifecycle;
    private BotParts _parts;

    internal BotAccount(long id, ServerContext server)
    {
        Id = id;
        _server = server;
        _gate = new BotGate(server.Time);
        _lifecycle = new BotLifecycle(_gate, server.StartedAt);
        _parts = new BotParts(_gate, server, new Recorder(), DrawFirstId, Reply);
    }

    public long Id { get; }

    /// <summary>All messages that the bot sent or edited since the last reset, oldest first.</summary>
    public IReadOnlyList<SentMessage> Sent => SentAfter(0);

    public BotStatistics Statistics => _gate.Read(() =>
    {
        _parts.Queue.CollectExpired(_gate.Now);
        return _parts.Recorder.Summarize(_parts.Queue.Count, _parts.Polling.Waiting);
    });

    /// <summary>The updates that got an id since the last reset, with what became of them, oldest first.</summary>
    public IReadOnlyList<UpdateRecord> Updates => _gate.Read(() =>
    {
        _parts.Queue.CollectExpired(_gate.Now);
        return _parts.Recorder.Updates();
    });

    /// <summary>Each getUpdates since the last reset, oldest first.</summary>
    public IReadOnlyList<PollRecord> Polls => _gate.Read(() => _parts.Recorder.Polls());

    /// <summary>What the delivery to the bot's webhook is at.</summary>
    public WebhookState Webhook => _gate.Read(() => _parts.Pushing.State);

    internal BotGate Gate => _gate;

    internal BotParts Parts => _parts;

    internal BotLifecycle Lifecycle => _lifecycle;

    /// <summary>
    /// A user writes a text. The chat's type follows from its id: positive is private, above -1,000,000,000,000 a group, else a supergroup.
    /// </summary>
    /// <returns>The update_id, or null when the bot's allowed_updates or a limit of the queue keep it out.</returns>
    public int? EnqueueText(long chatId, long userId, string text) => _gate.Run(() =>
    {
        JsonObject message = TextMessage.Create(
            _parts.Chats.NextId(), TextMessage.User(userId), chatId, _gate.Now.ToUnixTimeSeconds(), text);
        _parts.Chats.Add(message);
        return Take(UpdateFragment.Parse(new JsonObject { ["message"] = message.DeepClone() }.ToJsonString()));
    });

    /// <summary>Any update, well-formed or not: <c>{"message":{...}}</c>, one property, whose value is kept byte for byte.</summary>
    /// <returns>The update_id, or null when the bot's allowed_updates, the message's age or a limit of the queue keep it out.</returns>
    /// <exception cref="ArgumentException">The text is no JSON object with exactly one property.</exception>
    public int? Enqueue(string json)
    {
        UpdateFragment fragment = UpdateFragment.Parse(json);
        return _gate.Run(() => Take(fragment));
    }

    /// <summary>A message that is correct JSON, but whose fields have types that no typed client can read.</summary>
    public int? EnqueueUnreadable() =>
        Enqueue("""{"message":{"message_id":"not a number","date":["not a date"],"chat":"not a chat","text":{"not":"a text"}}}""");

    public IReadOnlyList<SentMessage> SentAfter(long sequence) => _gate.Read(() => _parts.Recorder.SentAfter(sequence));

    /// <summary>Waits until the bot has said something after the given <see cref="SentMessage.Sequence"/>.</summary>
    public Task<IReadOnlyList<SentMessage>> WaitForSentAsync(long after, CancellationToken cancellationToken) =>
        _gate.WaitForAsync(() => SentAfter(after) is { Count: > 0 } messages ? messages : null, cancellationToken);

    /// <summary>Waits until the condition holds; it is looked at again whenever something happens to the bot.</summary>
    public Task WaitUntilAsync(Func<BotAccount, bool> condition, CancellationToken cancellationToken) =>
        _gate.WaitForAsync(() => condition(this) ? this : null, cancellationToken);

    /// <summary>The bot's webhook has a delivery error, for getWebhookInfo to show; without webhook nothing happens.</summary>
    public void RecordWebhookError(string message) => _gate.Run(() => _parts.Webhook.RecordError(message));

    /// <summary>The present token is answered 401 from now on, its webhook is forgotten; updates stay for the next token.</summary>
    public void Revoke() => _gate.Run(() =>
    {
        _parts.Polling.Finish();
        _parts.Webhook.Close(BotLifecycle.Unauthorized);
        _lifecycle.Revoke();
    });

    /// <summary>Forgets updates, webhook, messages, throttles and statistics. Update ids and the sequence of sent messages go on.</summary>
    public void Reset() => _gate.Run(() =>
    {
        int tail = _parts.Queue.Tail;
        _parts.Polling.Finish();
        _parts.Webhook.Close(BotLifecycle.LoggedOut);
        _parts.Recorder.Reset();
        _lifecycle.Reset();
        _parts = new BotParts(_gate, _server, _parts.Recorder, tail == 0 ? DrawFirstId : () => tail, Reply);
    });

    /// <summary>Starts the counts anew and leaves everything else.</summary>
    public void ResetStatistics() => _gate.Run(_parts.Recorder.Reset);

    public override string ToString() => $"bot {Id}";

    internal bool Accept(BotToken token) => _gate.Run(() => _lifecycle.Accept(token));

    internal Task<ApiAnswer> CallAsync(BotToken token, ApiCall call) => _gate.Run(() =>
    {
        _parts.Recorder.Call(call.Method, call.Caller.Port);
        _parts.Queue.CollectExpired(_gate.Now);
        if (_lifecycle.Refuse(token, call.Method) is { } refusal)
        {
            return Task.FromResult(refusal);
        }

        _parts.Pushing.Resume();
        return MethodTable.Call(this, call);
    });

    /// <summary>The server stops.</summary>
    internal void Stop() => _gate.Run(_parts.Pushing.Stop);

    private int? Take(UpdateFragment fragment)
    {
        int? id = _parts.Intake.Enqueue(fragment);
        _parts.Pushing.Wake();
        return id;
    }

    private Task<ApiAnswer> Reply(ApiCall call)
    {
        _parts.Recorder.Call(call.Method, call.Caller.Port);
        return MethodTable.Call(this, call);
    }

    private int DrawFirstId() => _server.Options.FirstUpdateId ?? Random.Shared.Next(2_000_001, 1_000_000_001);
}
