using Azker.Core.Webhook;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Webhook.Pushing;

/// <summary>
/// Telegram that pushes to a webhook without a network (tdlib/telegram-bot-api, WebhookActor.cpp): one update of a chat at a
/// time, as many side by side as there are connections, and at most twice as many loaded chats. Each step runs on the thread of
/// the caller of <see cref="Proceed"/>.
/// </summary>
internal sealed class TelegramPush(Func<byte[], Task<WebhookOutcome>> webhook, FakeTimeProvider time, int maxConnections)
{
    private readonly Queue<PushedUpdate> _queue = [];
    private readonly Dictionary<long, Queue<PushedUpdate>> _loaded = [];
    private readonly Dictionary<long, DateTimeOffset> _waiting = [];
    private readonly Dictionary<long, Task<WebhookOutcome>> _inFlight = [];

    public List<PushedUpdate> Dropped { get; } = [];

    public List<WebhookOutcome> Answers { get; } = [];

    public int Pending => _queue.Count + _loaded.Values.Sum(updates => updates.Count);

    public int InFlight => _inFlight.Count;

    public int LoadedChats => _loaded.Count;

    public void Enqueue(PushedUpdate update) => _queue.Enqueue(update);

    /// <summary>Takes all steps that are possible now.</summary>
    /// <returns>Whether there was a step.</returns>
    public bool Proceed() => Complete() | Load() | Send();

    private bool Complete()
    {
        List<long> ended = [.. _inFlight.Where(request => request.Value.IsCompleted).Select(request => request.Key)];
        foreach (long chat in ended)
        {
            _inFlight.Remove(chat, out Task<WebhookOutcome>? request);
            Answers.Add(request!.Result);
            Take(chat, request.Result);
        }

        return ended.Count > 0;
    }

    private void Take(long chat, WebhookOutcome answer)
    {
        PushedUpdate update = _loaded[chat].Peek();
        DateTimeOffset now = time.GetUtcNow();
        TimeSpan delay = answer.StatusCode == 200 ? TimeSpan.Zero : update.Fail(answer.RetryAfterSeconds);
        bool isDropped = answer.StatusCode != 200 && now + delay > update.ExpiresAt;
        if (isDropped)
        {
            Dropped.Add(update);
        }

        if (answer.StatusCode == 200 || isDropped)
        {
            _loaded[chat].Dequeue();
            delay = TimeSpan.Zero;
        }

        if (_loaded[chat].Count == 0)
        {
            _loaded.Remove(chat);
            _waiting.Remove(chat);
        }
        else
        {
            _waiting[chat] = now + delay;
        }
    }

    private bool Load()
    {
        bool isAny = false;
        while (_loaded.Count < 2 * maxConnections && _queue.TryDequeue(out PushedUpdate? update))
        {
            isAny = true;
            if (_loaded.TryGetValue(update.Chat, out Queue<PushedUpdate>? others))
            {
                others.Enqueue(update);
            }
            else
            {
                _loaded[update.Chat] = new Queue<PushedUpdate>([update]);
                _waiting[update.Chat] = time.GetUtcNow();
            }
        }

        return isAny;
    }

    private bool Send()
    {
        long[] ready =
        [
            .. _waiting.Where(chat => chat.Value <= time.GetUtcNow() && !_inFlight.ContainsKey(chat.Key))
                .OrderBy(chat => chat.Value)
                .ThenBy(chat => chat.Key)
                .Take(maxConnections - _inFlight.Count)
                .Select(chat => chat.Key),
        ];
        foreach (long chat in ready)
        {
            _inFlight[chat] = webhook(_loaded[chat].Peek().Json);
        }

        return ready.Length > 0;
    }
}
