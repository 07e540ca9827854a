using Azker.BotApi.Bots;
using Azker.BotApi.Requests;
using Azker.BotApi.Statistics;
using Azker.BotApi.Webhooks;

namespace Azker.BotApi.Pushing;

/// <summary>Pushes the pending updates to one webhook, until the webhook is changed or deleted. The caller holds the gate.</summary>
internal sealed class WebhookPusher
{
    private readonly PushContext _context;
    private readonly BotGate _gate;
    private readonly PushTarget _target;
    private readonly WebhookChanges _registration;
    private readonly LoadedKeys _keys;
    private readonly ConnectionPacer _pacer;
    private readonly GonePeriod _gone = new();
    private readonly List<WebhookConnection> _connections = [];
    private readonly ITimer _timer;
    private bool _isStopped;

    public WebhookPusher(PushContext context, PushTarget target, WebhookChanges registration)
    {
        (_context, _gate, _target, _registration) = (context, context.Gate, target, registration);
        _keys = new LoadedKeys(context.Queue, target.Settings.MaxConnections);
        _pacer = new ConnectionPacer(target.Settings.MaxConnections);
        _timer = _gate.Time.CreateTimer(_ => _gate.Run(Proceed), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sends every update that is due, and schedules the next run.</summary>
    public void Proceed()
    {
        if (_isStopped)
        {
            return;
        }

        DateTimeOffset now = _gate.Now;
        _keys.Load(now);
        DateTimeOffset? nextConnectionAt = OpenConnections(now);
        WebhookConnection? ready;
        while ((ready = FindReady()) is not null && _keys.Take(now) is { } key)
        {
            key.First.Update.Trace.StartAttempt(now, _target.Settings.Url);
            ready.Send(key);
        }

        Schedule(now, nextConnectionAt, ready is null ? null : _keys.NextWakeAt);
    }

    public void Complete(WebhookConnection connection, WebhookResponse response, ApiCall? reply)
    {
        KeyQueue key = connection.Release()!;
        if (!response.KeepsConnection)
        {
            Discard(connection);
        }

        string? error = response.IsSuccess ? null : $"Wrong response from the webhook: {response.Status} {response.Reason}";
        EndAttempt(key, response.Status, error);
        if (error is null)
        {
            Accept(key, reply);
        }
        else
        {
            _registration.RecordError(error);
            Fail(key, response.RetryAfter);
        }

        if (_gone.Answer(response.Status, _gate.Now))
        {
            _registration.Expel();
        }

        Proceed();
    }

    /// <summary>
    /// Handles the end of a connection. Without an error the webhook closed it in order, which getWebhookInfo does not show.
    /// </summary>
    public void Lose(WebhookConnection connection, string? error)
    {
        Discard(connection);
        if (error is not null)
        {
            _registration.RecordError(error);
        }

        if (connection.InFlight is { } key)
        {
            EndAttempt(key, null, error ?? "Webhook connection closed");
            Fail(key, 0);
        }

        Proceed();
    }

    /// <summary>Cuts the requests in flight. Their updates stay pending.</summary>
    public void Stop()
    {
        _isStopped = true;
        _timer.Dispose();
        foreach (WebhookConnection connection in _connections.ToList())
        {
            Discard(connection);
            if (connection.InFlight is { } key)
            {
                EndAttempt(key, null, "Webhook was closed");
            }
        }
    }

    public WebhookState ToState() => new(
        _target.Settings.Url,
        _connections.Count,
        _keys.Count,
        [.. _connections.Select(connection => connection.InFlight?.First.Update.Id).OfType<int>()],
        [.. _keys.Waiting.Where(key => key.First.Retries.Failures > 0)
            .Select(key => new WebhookRetry(key.First.Update.Id, key.First.Retries.Failures, key.WakeAt))],
        _connections.TrueForAll(connection => connection.IsWritten));

    private WebhookConnection? FindReady() => _connections.Find(connection => connection.InFlight is null);

    /// <summary>When the next connection is due, or null when there are enough connections.</summary>
    private DateTimeOffset? OpenConnections(DateTimeOffset now)
    {
        DateTimeOffset? nextAt;
        while ((nextAt = _pacer.NextAt(_connections.Count, _keys.Count, now)) <= now)
        {
            _pacer.Open(now);
            _connections.Add(new WebhookConnection(_target, _gate, this));
        }

        return nextAt;
    }

    private void Schedule(DateTimeOffset now, params DateTimeOffset?[] times)
    {
        TimeSpan due = times.Min() is { } next ? next - now : Timeout.InfiniteTimeSpan;
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private void Accept(KeyQueue key, ApiCall? reply)
    {
        _pacer.Succeed(_gate.Now);
        Remove(key, UpdateRemoval.Accepted);
        if (reply is not null)
        {
            _ = _context.Reply(reply);
        }
    }

    private void Fail(KeyQueue key, int retryAfter)
    {
        DateTimeOffset nextAt = _gate.Now + key.First.Retries.Fail(retryAfter);
        if (nextAt > DateTimeOffset.FromUnixTimeSeconds(key.First.Update.ExpiresAt))
        {
            Remove(key, UpdateRemoval.Dropped);
            return;
        }

        _keys.Wait(key, nextAt);
    }

    private void Remove(KeyQueue key, UpdateRemoval removal)
    {
        _context.Queue.Remove(key.Pushes.Dequeue().Update.Id, removal, _gate.Now);
        _keys.Wait(key, _gate.Now);
    }

    private void EndAttempt(KeyQueue key, int? status, string? error)
    {
        key.First.Update.Trace.EndAttempt(_gate.Now, status, error);
        _context.Recorder.EndAttempt(_target.Settings.Url, isAccepted: error is null);
    }

    private void Discard(WebhookConnection connection)
    {
        _connections.Remove(connection);
        connection.Cut();
    }
}
