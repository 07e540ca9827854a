using Azker.Core.Polling;
using Azker.Simulation.BotApi;
using Azker.Simulation.Network;
using Azker.Simulation.Scheduling;

namespace Azker.Simulation.Invariants;

/// <summary>Watches that one receives at a time, under the lock, and that nobody of ours is told that another one does.</summary>
internal sealed class ReceiverWatch(World world, SeedVerdict verdict, Foreigners foreigners, LeaseWatch leases)
{
    /// <summary>A 409 is followed by a pause of 3 s, and by longer ones the more there are.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.9);

    /// <summary>For as long as a lock may take between a look at the name and the call.</summary>
    private static readonly TimeSpan News = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(2);

    private readonly Dictionary<ProcessThread, (string? Lease, TimeSpan At)> _told = [];

    /// <summary>A process is told that another one receives.</summary>
    public void Told(ProcessThread caller) => _told[caller] = (leases.LeaseOf(caller), world.Now);

    /// <summary>A process polls, and not only to confirm.</summary>
    public void Polls(ProcessThread caller)
    {
        if (!foreigners.Has(caller) && _told.Remove(caller, out (string? Lease, TimeSpan At) told)
            && told.Lease == leases.LeaseOf(caller) && world.Now - told.At < Patience)
        {
            verdict.Add(ViolationKind.Conflict, $"{caller} polls again {(world.Now - told.At).TotalSeconds:0.000} s after a 409");
        }
    }

    /// <summary>A process sends a request that only the lock's holder may send.</summary>
    public void Sent(ProcessThread caller, string method)
    {
        if (!foreigners.Has(caller) && leases.Refuses(caller) is { } why)
        {
            verdict.Add(ViolationKind.Overlap, $"{caller} sends {method}, and {why}");
        }
    }

    /// <summary>
    /// A process begins to handle an update that it polled. When it goes on after a pause, it may do so in the moment before
    /// its token falls; but not longer.
    /// </summary>
    public void Handles(ProcessThread caller, int id, HandlerAttempt attempt)
    {
        if (leases.Refuses(caller) is { } why)
        {
            world.After(Moment, () =>
            {
                if (attempt.State != AttemptState.Cancelled && caller is { IsDead: false, IsStill: false })
                {
                    verdict.Add(ViolationKind.Overlap, $"{caller} handles {id}, which it polled, and {why}");
                }
            });
        }
    }

    /// <summary>A poll arrives while another one may be waiting.</summary>
    public void PollArrived(Exchange<RawUpdates> poll, Exchange<RawUpdates>? waiting)
    {
        if (waiting is { IsLive: true } && !waiting.Caller.IsStill && waiting.Caller != poll.Caller && poll.IsLive
            && !foreigners.Has(poll.Caller) && !foreigners.Has(waiting.Caller))
        {
            verdict.Add(ViolationKind.Overlap, $"{poll.Caller} polls while {waiting.Caller} waits for the answer to its poll");
        }
    }

    /// <summary>The server answers 409. Who is dead, stands still or waits no more is not told.</summary>
    public void Conflicted<T>(Exchange<T> exchange, string why)
    {
        if (!foreigners.Exist && exchange.IsLive && !exchange.Caller.IsStill)
        {
            verdict.Add(ViolationKind.Conflict, $"{exchange.Caller} is told: {why}");
        }
    }

    /// <summary>Who only wants to poll deletes a webhook.</summary>
    public void WebhookDeleted(Webhook webhook, ProcessThread by)
    {
        if (foreigners.Has(webhook.By) && !foreigners.Has(by))
        {
            verdict.Add(ViolationKind.Overlap, $"{by} takes the updates from somebody else's webhook");
        }
    }

    /// <summary>The server refuses a webhook, and there is none now. Who sets it should have seen why, unless that is news.</summary>
    public void WebhookRefused(Webhook webhook, TimeSpan brokenFor)
    {
        if (brokenFor > News && !foreigners.Has(webhook.By))
        {
            verdict.Add(ViolationKind.LateRecovery, $"{webhook.By} leaves the bot without a webhook, by one that the server refuses");
        }
    }
}
