using Azker.Core.Polling;
using Azker.Simulation.BotApi;
using Azker.Simulation.Network;
using Azker.Simulation.Scheduling;

namespace Azker.Simulation.Invariants;

/// <summary>Checks that one instance receives at a time, under the lock, and that no instance gets a 409.</summary>
internal sealed class ReceiverWatch(World world, SeedVerdict verdict, Foreigners foreigners, LeaseWatch leases)
{
    /// <summary>A little less than the shortest pause after a 409, which is 3 s and grows with each further 409.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.9);

    /// <summary>The longest time that an instance can take for the lock between its check of the host name and its setWebhook.</summary>
    private static readonly TimeSpan News = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(2);

    private readonly Dictionary<ProcessThread, (string? Lease, TimeSpan At)> _conflicts = [];

    /// <summary>Records that a process has got a 409.</summary>
    public void GotConflict(ProcessThread caller) => _conflicts[caller] = (leases.LeaseOf(caller), world.Now);

    /// <summary>Checks a poll, other than a request that only confirms: it must not follow a 409 at once.</summary>
    public void Polls(ProcessThread caller)
    {
        if (!foreigners.Has(caller) && _conflicts.Remove(caller, out (string? Lease, TimeSpan At) conflict)
            && conflict.Lease == leases.LeaseOf(caller) && world.Now - conflict.At < Patience)
        {
            verdict.Add(ViolationKind.Conflict, $"{caller} polls again {(world.Now - conflict.At).TotalSeconds:0.000} s after a 409");
        }
    }

    /// <summary>Checks a request that only the lock's holder may send.</summary>
    public void Sent(ProcessThread caller, string method)
    {
        if (!foreigners.Has(caller) && leases.Refuses(caller) is { } why)
        {
            verdict.Add(ViolationKind.Overlap, $"{caller} sends {method}, and {why}");
        }
    }

    /// <summary>
    /// Checks that a process which begins to handle a polled update holds the lock. A process that resumes after a pause may
    /// handle an update for the moment until its token is cancelled, but not longer.
    /// </summary>
    public void Handles(ProcessThread caller, int id, HandlerAttempt attempt)
    {
        if (leases.Refuses(caller) is { } why)
        {
            world.After(Moment, () =>
            {
                if (attempt.State != AttemptState.Cancelled && caller is { IsDead: false, IsPaused: false })
                {
                    verdict.Add(ViolationKind.Overlap, $"{caller} handles {id}, which it polled, and {why}");
                }
            });
        }
    }

    /// <summary>Checks a poll that arrives, perhaps while the poll of another instance waits.</summary>
    public void PollArrived(Exchange<RawUpdates> poll, Exchange<RawUpdates>? waiting)
    {
        if (waiting is { IsLive: true } && !waiting.Caller.IsPaused && waiting.Caller != poll.Caller && poll.IsLive
            && !foreigners.Has(poll.Caller) && !foreigners.Has(waiting.Caller))
        {
            verdict.Add(ViolationKind.Overlap, $"{poll.Caller} polls while {waiting.Caller} waits for the answer to its poll");
        }
    }

    /// <summary>Checks a 409 of the server, which a process that is dead, paused or no longer waiting does not get.</summary>
    public void Conflicted<T>(Exchange<T> exchange, string why)
    {
        if (!foreigners.Exist && exchange.IsLive && !exchange.Caller.IsPaused)
        {
            verdict.Add(ViolationKind.Conflict, $"{exchange.Caller} gets a 409: {why}");
        }
    }

    /// <summary>Checks the deletion of a webhook: an instance must not delete the webhook of a stranger.</summary>
    public void WebhookDeleted(Webhook webhook, ProcessThread by)
    {
        if (foreigners.Has(webhook.By) && !foreigners.Has(by))
        {
            verdict.Add(ViolationKind.Overlap, $"{by} takes the updates from a stranger's webhook");
        }
    }

    /// <summary>
    /// Checks a webhook that the server refuses, so that the bot has no webhook now: the instance should have found that the
    /// host name is unknown, unless the name became unknown a short time ago.
    /// </summary>
    public void WebhookRefused(Webhook webhook, TimeSpan brokenFor)
    {
        if (brokenFor > News && !foreigners.Has(webhook.By))
        {
            verdict.Add(ViolationKind.LateRecovery, $"{webhook.By} leaves the bot without a webhook, by a setWebhook that the server refuses");
        }
    }
}
