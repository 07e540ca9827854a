using Azker.Azurite;
using Azker.BotApi.Faults;
using Azker.Chaos.Judging;
using Azker.Chaos.Parties;
using Azker.Chaos.Scripts;

namespace Azker.Chaos;

/// <summary>Makes the planned troubles happen.</summary>
internal sealed class TroubleMaker(Cast cast, TimeProvider time)
{
    /// <summary>
    /// The methods that receivers call. The methods that handlers call have no faults: a handler whose answer fails, or whose
    /// success it does not learn, runs again and answers again.
    /// </summary>
    private static readonly string[] Receiving = ["getUpdates", "getWebhookInfo", "setWebhook", "deleteWebhook"];

    /// <returns>The trouble as it happened to each victim.</returns>
    public async Task<IReadOnlyList<Affliction>> MakeAsync(PlannedTrouble planned, CancellationToken cancellationToken)
    {
        await Task.Delay(planned.At, time, cancellationToken);
        IReadOnlyList<Party> victims = VictimsOf(planned.Victim);
        return [.. await Task.WhenAll(victims.Select(victim => MakeAsync(planned, victim, cancellationToken)))];
    }

    private IReadOnlyList<Party> VictimsOf(Victim victim) => victim switch
    {
        Victim.Webhook => [cast.Webhook],
        Victim.FallbackA => [cast.FallbackA],
        Victim.FallbackB => [cast.FallbackB],
        Victim.Guard => [cast.Guard],
        Victim.Everybody => cast.All,
        _ => [Receiver()],
    };

    private Party Receiver()
    {
        int? poller = cast.Bot.Webhook.Url.Length > 0 ? null : cast.Bot.Polls.LastOrDefault(poll => poll.Status == 200)?.Port;
        return cast.All.FirstOrDefault(party => party.Port == poller) ?? cast.Webhook;
    }

    private Task<Affliction> MakeAsync(PlannedTrouble planned, Party victim, CancellationToken cancellationToken) => planned.Trouble switch
    {
        Trouble.Kill => victim.KillAsync(planned.Duration, cancellationToken),
        Trouble.Restart => victim.RestartAsync(planned.Duration, cancellationToken),
        Trouble.Pause => victim.PauseAsync(planned.Duration, cancellationToken),
        _ => LastAsync(planned, victim, Begin(planned.Trouble, victim), cancellationToken),
    };

    /// <param name="planned">The planned trouble.</param>
    /// <param name="victim">The party that it hits.</param>
    /// <param name="end">Ends the trouble.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    private async Task<Affliction> LastAsync(PlannedTrouble planned, Party victim, Action end, CancellationToken cancellationToken)
    {
        DateTimeOffset from = time.GetUtcNow();
        await Task.Delay(planned.Duration, time, cancellationToken);
        end();
        return new Affliction(planned.Trouble, victim.Port, from, time.GetUtcNow());
    }

    private Action Begin(Trouble trouble, Party victim) => trouble switch
    {
        Trouble.StorageRefused => Fail(victim.Storage, NetworkFault.Refuse),
        Trouble.StorageBlackHole => Fail(victim.Storage, NetworkFault.BlackHole),
        Trouble.StorageLosesReplies => Fail(victim.Storage, NetworkFault.LoseReply),
        Trouble.ApiRefused => FailApi(victim, FaultKind.Reset),
        Trouble.ApiErrors => FailApi(victim, FaultKind.Html),
        Trouble.ApiHangs => FailApi(victim, FaultKind.Hang),
        Trouble.ApiLosesReplies => FailApi(victim, FaultKind.ResetMidResponse),
        Trouble.WebhookRefused => Fail([cast.WebhookDoor], NetworkFault.Refuse),
        Trouble.WebhookBlackHole => Fail([cast.WebhookDoor], NetworkFault.BlackHole),
        _ => Fail([cast.WebhookDoor], NetworkFault.LoseReply),
    };

    private static Action Fail(IReadOnlyList<FaultProxy> ways, NetworkFault fault)
    {
        Set(fault);
        return () => Set(NetworkFault.None);

        void Set(NetworkFault state)
        {
            foreach (FaultProxy way in ways)
            {
                way.Fault = state;
            }
        }
    }

    private Action FailApi(Party victim, FaultKind kind)
    {
        int[] faults = [.. Receiving.Select(method => cast.Server.Faults.Add(new Fault(kind) { Method = method, Port = victim.Port }))];
        return () => Array.ForEach(faults, fault => cast.Server.Faults.Remove(fault));
    }
}
