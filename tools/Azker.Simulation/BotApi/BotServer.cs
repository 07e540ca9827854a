using Azker.Core.Polling;
using Azker.Core.Webhook.Registration;
using Azker.Simulation.Invariants;
using Azker.Simulation.Network;
using Azker.Simulation.Scheduling;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;

namespace Azker.Simulation.BotApi;

/// <summary>The Bot API server for one bot, with the behaviour of tdlib/telegram-bot-api.</summary>
internal sealed class BotServer
{
    private static readonly TimeSpan RateLimit = TimeSpan.FromSeconds(1);

    private readonly World _world;
    private readonly Random _random;
    private readonly SimulatedUpdateQueue _queue;
    private readonly SimulatedUpdatePolling _polling;
    private readonly SimulatedConflicts _conflicts;
    private readonly SimulatedWebhookPusher _pusher;
    private readonly ReceiverWatch _watch;
    private readonly NameService _names;
    private TimeSpan _mayBeSetAt;
    private Exchange<bool>? _change;

    public BotServer(World world, Journal journal, ReceiverWatch watch, Sites sites, NameService names)
    {
        (_world, _watch, _names) = (world, watch, names);
        _random = world.RandomOf("server");
        _queue = new SimulatedUpdateQueue(world, journal);
        _conflicts = new SimulatedConflicts(world, watch);
        _polling = new SimulatedUpdatePolling(world, _queue, _conflicts, watch);
        _pusher = new SimulatedWebhookPusher(world, _queue, sites);
        Messages = new SimulatedMessages(world, journal);
    }

    public Webhook? Webhook { get; private set; }

    public SimulatedMessages Messages { get; }

    public int Pending => _queue.Count;

    public void Receive(Func<int, PendingUpdate> create)
    {
        PendingUpdate update = _queue.Add(create);
        if (Webhook is null)
        {
            _polling.Wake();
        }
        else
        {
            _pusher.Add(update);
        }
    }

    public void GetUpdates(Exchange<RawUpdates> exchange, GetRawUpdatesRequest request)
    {
        if (Webhook is not null || _change is not null)
        {
            _conflicts.Answer(exchange, "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
            return;
        }

        _polling.Take(exchange, request);
    }

    public RegisteredWebhook GetWebhookInfo() => new()
    {
        Url = Webhook?.Url ?? "",
        PendingUpdateCount = _queue.Count,
        MaxConnections = Webhook?.MaxConnections,
        IpAddress = Webhook is null ? null : "149.154.167.220",
        LastErrorDate = Webhook?.LastErrorAt?.ToUnixTimeSeconds(),
        LastErrorMessage = Webhook?.LastError,
        AllowedUpdates = Webhook is { AllowedUpdates.Count: > 0 } ? Webhook.AllowedUpdates : null,
    };

    /// <summary>
    /// Closes the old webhook before it checks the new webhook, so a bad URL leaves no webhook (Client.cpp, process_set_webhook_query).
    /// </summary>
    public void SetWebhook(Exchange<bool> exchange, RegisterWebhookRequest request)
    {
        if (_world.Now < _mayBeSetAt)
        {
            exchange.Fail(new ApiRequestException("Too Many Requests: retry after 1", 429, new ResponseParameters { RetryAfter = 1 }));
            return;
        }

        _mayBeSetAt = _world.Now + RateLimit;
        Supersede();
        var webhook = new Webhook(request, exchange.Caller);
        if (Webhook?.IsSameAs(webhook) == true && !request.DropPendingUpdates)
        {
            exchange.Answer(true);
            return;
        }

        _polling.Abort("terminated by setWebhook request");
        Close(exchange.Caller);
        _change = exchange;
        _world.After(TimeSpan.FromMilliseconds(20 + (300 * _random.NextDouble())), () => Open(exchange, webhook));
    }

    public void DeleteWebhook(Exchange<bool> exchange)
    {
        Supersede();
        if (Webhook is { } webhook)
        {
            _watch.WebhookDeleted(webhook, exchange.Caller);
        }

        Close(exchange.Caller);
        _change = exchange;
        _world.After(TimeSpan.FromMilliseconds(1 + (20 * _random.NextDouble())), () => End(exchange, () => exchange.Answer(true)));
    }

    /// <summary>Removes the webhook of a party, without a request that could fail.</summary>
    public void Forget(ProcessThread by) => Close(by);

    private void Supersede()
    {
        if (_change is { } older)
        {
            _change = null;
            _conflicts.Answer(older, "terminated by other setWebhook");
        }
    }

    private void Close(ProcessThread by)
    {
        if (Webhook is { } webhook)
        {
            _world.Trace.Add(_world.Now, "telegram", $"closes the webhook at {webhook.Url}, for {by}");
        }

        Webhook = null;
        _pusher.Close();
    }

    private void Open(Exchange<bool> exchange, Webhook webhook) => End(exchange, () =>
    {
        if (_names.BrokenFor(webhook.Url) is { } brokenFor)
        {
            _watch.WebhookRefused(webhook, brokenFor);
            exchange.Fail(new ApiRequestException("Bad Request: bad webhook: Failed to resolve host: Name or service not known", 400));
            return;
        }

        Webhook = webhook;
        _world.Trace.Add(_world.Now, "telegram", $"the webhook is at {webhook.Url} now, set by {webhook.By}");
        _pusher.Open(webhook);
        exchange.Answer(true);
    });

    private void End(Exchange<bool> exchange, Action end)
    {
        if (_change == exchange)
        {
            _change = null;
            end();
        }
    }
}
