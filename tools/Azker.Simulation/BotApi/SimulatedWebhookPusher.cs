using System.Globalization;
using Azker.Simulation.Scheduling;

namespace Azker.Simulation.BotApi;

/// <summary>Pushes updates to the webhook, one update of each key at a time, and repeats each push until it succeeds (WebhookActor.cpp).</summary>
internal sealed class SimulatedWebhookPusher(World world, SimulatedUpdateQueue queue, Sites sites)
{
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(60);

    private readonly Random _random = world.RandomOf("pushes");
    private readonly Dictionary<string, KeyLane> _lanes = [];
    private Webhook? _webhook;
    private int _inFlight;

    public void Open(Webhook webhook)
    {
        _webhook = webhook;
        foreach (PendingUpdate update in queue.Updates)
        {
            Enlist(update);
        }

        Pump();
    }

    /// <summary>Aborts the pushes in flight; their updates stay in the queue.</summary>
    public void Close()
    {
        foreach (Push push in _lanes.Values.Select(lane => lane.Push).OfType<Push>().ToList())
        {
            push.Abort();
        }

        (_webhook, _inFlight) = (null, 0);
        _lanes.Clear();
    }

    public void Add(PendingUpdate update)
    {
        Enlist(update);
        Pump();
    }

    private void Enlist(PendingUpdate update)
    {
        if (!_lanes.TryGetValue(update.Key, out KeyLane? lane))
        {
            _lanes[update.Key] = lane = new KeyLane(update.Key);
        }

        lane.Updates.Add(update);
    }

    private void Pump()
    {
        foreach (KeyLane lane in _lanes.Values.Where(IsRunnable).OrderBy(lane => lane.WakesAt).ThenBy(lane => lane.Key, StringComparer.Ordinal).ToList())
        {
            if (_inFlight < _webhook!.MaxConnections)
            {
                Send(lane, _webhook);
            }
        }
    }

    private bool IsRunnable(KeyLane lane) => lane is { Push: null, Updates.Count: > 0 } && lane.WakesAt <= world.Now;

    private void Send(KeyLane lane, Webhook webhook)
    {
        var push = new Push(lane, lane.Updates[0]);
        lane.Push = push;
        _inFlight++;
        world.After(ReadTimeout, () => Fail(push, "Read timeout expired", isConnectionFault: true));
        if (sites.Find(webhook.Url) is not { } site)
        {
            world.After(TimeSpan.FromMilliseconds(50), () => Fail(push, "Connection refused", isConnectionFault: true));
        }
        else if (site.FromTelegram.Request(out bool isRefused) is { } delay)
        {
            world.After(delay, () => Arrive(push, webhook, site, isRefused));
        }
    }

    private void Arrive(Push push, Webhook webhook, Site site, bool isRefused)
    {
        if (site.FromTelegram.IsFailing)
        {
            Fail(push, "Wrong response from the webhook: 502 Bad Gateway");
            return;
        }

        if (isRefused || site.Pick() is not { } server)
        {
            Fail(push, "Connection refused", isConnectionFault: true);
            return;
        }

        // The server records no error for a connection that is closed without an answer.
        bool isAnswered = false;
        server.Thread.OnDeath(() => FailUnless(isAnswered, push));
        server.Take(
            push.Update,
            webhook.Secret,
            (status, retryAfter) =>
            {
                isAnswered = true;
                if (site.FromTelegram.Reply() is { } delay)
                {
                    world.After(delay, () => Answered(push, status, retryAfter, server.Thread));
                }
            },
            push.Aborted);
    }

    private void FailUnless(bool isAnswered, Push push)
    {
        if (!isAnswered)
        {
            Fail(push, null, isConnectionFault: true);
        }
    }

    private void Answered(Push push, int status, int? retryAfter, ProcessThread by)
    {
        if (push.IsOver)
        {
            return;
        }

        if (status is < 200 or > 299)
        {
            Fail(push, string.Create(CultureInfo.InvariantCulture, $"Wrong response from the webhook: {status} {Reason(status)}"), retryAfter: retryAfter);
            return;
        }

        push.Lane.Succeeded();
        End(push);
        queue.Remove(push.Update, "acknowledged by the webhook", by);
        push.Lane.Updates.Remove(push.Update);
        Pump();
    }

    private void Fail(Push push, string? error, bool isConnectionFault = false, int? retryAfter = null)
    {
        if (push.IsOver)
        {
            return;
        }

        push.Abort();
        End(push);
        if (error is not null)
        {
            (_webhook!.LastErrorAt, _webhook.LastError) = (world.Calendar, error);
        }

        world.Trace.Add(world.Now, "telegram", $"push of {push.Update.Id} failed: {error ?? "closed"}");
        TimeSpan next = push.Lane.Failed(world.Now, retryAfter, isConnectionFault, _random);
        if (next > push.Update.ExpiresAt)
        {
            push.Lane.Updates.Remove(push.Update);
            queue.Drop(push.Update);
        }

        world.After(next - world.Now, PumpIfOpen);
    }

    private void PumpIfOpen()
    {
        if (_webhook is not null)
        {
            Pump();
        }
    }

    private void End(Push push)
    {
        push.End();
        push.Lane.Push = null;
        _inFlight--;
    }

    private static string Reason(int status) => status switch
    {
        401 => "Unauthorized",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "",
    };
}
