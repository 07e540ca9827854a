using System.Text.Json.Nodes;
using Azker.BotApi.Messages;
using Azker.BotApi.Methods;
using Azker.BotApi.Requests;
using Azker.BotApi.Statistics;
using Azker.BotApi.Updates;

namespace Azker.BotApi.Bots;

/// <summary>One bot as Telegram sees it: a test puts updates into its queue and reads what the bot did with them. Thread-safe.</summary>
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

    /// <summary>The number before the colon of the bot's token, plus 2^54 for a bot of the test environment.</summary>
    public long Id { get; }

    /// <summary>The messages that the bot sent or edited since the last reset, oldest first. The newest 100,000 are kept.</summary>
    public IReadOnlyList<SentMessage> Sent => SentAfter(0);

    /// <summary>The counts since the last reset.</summary>
    public BotStatistics Statistics => _gate.Read(() =>
    {
        _parts.Queue.CollectExpired(_gate.Now);
        return _parts.Recorder.Summarize(_parts.Queue.Count, _parts.Polling.Waiting);
    });

    /// <summary>
    /// The updates that got an id since the last reset, each with its deliveries and its end, oldest first. The newest 250,000 are kept.
    /// </summary>
    public IReadOnlyList<UpdateRecord> Updates => _gate.Read(() =>
    {
        _parts.Queue.CollectExpired(_gate.Now);
        return _parts.Recorder.Updates();
    });

    /// <summary>The getUpdates calls since the last reset, oldest first. The newest 100,000 are kept.</summary>
    public IReadOnlyList<PollRecord> Polls => _gate.Read(() => _parts.Recorder.Polls());

    /// <summary>The state of the delivery to the bot's webhook.</summary>
    public WebhookState Webhook => _gate.Read(() => _parts.Pushing.State);

    internal BotGate Gate => _gate;

    internal BotParts Parts => _parts;

    internal BotLifecycle Lifecycle => _lifecycle;

    /// <summary>Enqueues a text message that a user writes to the bot now.</summary>
    /// <param name="chatId">
    /// The chat, not 0. Its type follows from its id: a positive id is a private chat, an id above -1,000,000,000,000 is a group, any other
    /// is
    /// a supergroup.
    /// </param>
    /// <param name="userId">The user that writes, 1 or more. In a private chat, the user has the id of the chat.</param>
    /// <param name="text">The text. The message marks commands in it, such as <c>/start</c>, as entities.</param>
    /// <returns>The update_id, or null when the bot's allowed_updates or a limit of the queue exclude the update.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An id is out of range.</exception>
    public int? EnqueueText(long chatId, long userId, string text)
    {
        if (chatId == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(chatId), "The chat is 0. A chat id is positive (private) or negative (group).");
        }

        if (userId < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(userId), $"The user is {userId}. A user id is 1 or more.");
        }

        return _gate.Run(() =>
        {
            JsonObject message = TextMessage.Create(
                _parts.Chats.NextId(), TextMessage.User(userId), chatId, _gate.Now.ToUnixTimeSeconds(), text);
            _parts.Chats.Add(message);
            return Take(UpdateFragment.Parse(new JsonObject { ["message"] = message.DeepClone() }.ToJsonString()));
        });
    }

    /// <summary>Enqueues any update, also an update whose content no client can read.</summary>
    /// <param name="json">
    /// A JSON object with one member, the update without its update_id: <c>{"message":{...}}</c>. The server keeps the member's value byte
    /// for
    /// byte and does not check it.
    /// </param>
    /// <returns>
    /// The update_id, or null when the bot's allowed_updates, the age of the message or a limit of the queue exclude the update.
    /// </returns>
    /// <exception cref="ArgumentException">The text is not a JSON object with exactly one member.</exception>
    public int? Enqueue(string json)
    {
        UpdateFragment fragment = UpdateFragment.Parse(json);
        return _gate.Run(() => Take(fragment));
    }

    /// <summary>Enqueues a message that is correct JSON, but whose fields have types that no typed client can read.</summary>
    /// <returns>The update_id, or null when the bot's allowed_updates or a limit of the queue exclude the update.</returns>
    public int? EnqueueUnreadable() =>
        Enqueue("""{"message":{"message_id":"not a number","date":["not a date"],"chat":"not a chat","text":{"not":"a text"}}}""");

    /// <summary>Reads the messages that the bot sent or edited after a message that the caller knows.</summary>
    /// <param name="sequence">The <see cref="SentMessage.Sequence"/> of the last known message; 0 reads all.</param>
    /// <returns>The later messages, oldest first.</returns>
    public IReadOnlyList<SentMessage> SentAfter(long sequence) => _gate.Read(() => _parts.Recorder.SentAfter(sequence));

    /// <summary>Waits until the bot has sent or edited a message after a message that the caller knows.</summary>
    /// <param name="after">The <see cref="SentMessage.Sequence"/> of the last known message; 0 waits for any.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The later messages, at least one, oldest first.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public Task<IReadOnlyList<SentMessage>> WaitForSentAsync(long after, CancellationToken cancellationToken) =>
        _gate.WaitForAsync(() => SentAfter(after) is { Count: > 0 } messages ? messages : null, cancellationToken);

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="condition">
    /// The condition. The bot evaluates it at once and after each event of the bot, under the bot's lock, so it must be quick and must not
    /// wait. The passing of time alone does not evaluate it.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that completes when the condition holds.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public Task WaitUntilAsync(Func<BotAccount, bool> condition, CancellationToken cancellationToken) =>
        _gate.WaitForAsync(() => condition(this) ? this : null, cancellationToken);

    /// <summary>Records a failed delivery to the bot's webhook, as getWebhookInfo shows it. Without a webhook nothing happens.</summary>
    /// <param name="message">The <c>last_error_message</c>, such as <c>Connection refused</c>. The <c>last_error_date</c> is now.</param>
    public void RecordWebhookError(string message) => _gate.Run(() => _parts.Webhook.RecordError(message));

    /// <summary>
    /// Revokes the bot's token: the server answers it with 401 from now on and forgets its webhook. The pending updates stay for the token
    /// that calls next.
    /// </summary>
    public void Revoke() => _gate.Run(() =>
    {
        _parts.Polling.Finish();
        _parts.Webhook.Close(BotLifecycle.Unauthorized);
        _lifecycle.Revoke();
    });

    /// <summary>
    /// Forgets updates, webhook, messages, commands, throttles and records. The update ids and the sequence of sent messages continue, and
    /// the bot keeps its token.
    /// </summary>
    public void Reset() => _gate.Run(() =>
    {
        int tail = _parts.Queue.Tail;
        _parts.Polling.Finish();
        _parts.Webhook.Close(BotLifecycle.LoggedOut);
        _parts.Recorder.Reset();
        _lifecycle.Reset();
        _parts = new BotParts(_gate, _server, _parts.Recorder, tail == 0 ? DrawFirstId : () => tail, Reply);
    });

    /// <summary>Forgets the records and starts all counts at 0. Updates, webhook and messages stay.</summary>
    public void ResetStatistics() => _gate.Run(_parts.Recorder.Reset);

    /// <summary>Names the bot by its id.</summary>
    /// <returns>A text such as <c>bot 123456</c>, without the token.</returns>
    public override string ToString() => $"bot {Id}";

    internal bool Accept(StandInToken token) => _gate.Run(() => _lifecycle.Accept(token));

    internal Task<ApiAnswer> CallAsync(StandInToken token, ApiCall call) => _gate.Run(() =>
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

    /// <summary>Stops the deliveries to the webhook, because the server stops.</summary>
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
