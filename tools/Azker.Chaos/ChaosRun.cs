using Azker.Azurite;
using Azker.BotApi.Faults;
using Azker.Chaos.Judging;
using Azker.Chaos.Parties;
using Azker.Chaos.Scripts;

namespace Azker.Chaos;

/// <summary>Plays one script on real processes.</summary>
internal sealed class ChaosRun(AzuriteServer storage, ChaosScript script, TimeProvider time)
{
    /// <summary>
    /// The time limit for settling all updates after the last trouble. In the longest case, the claim of a killed process blocks
    /// an update for 65 s, and then Telegram waits up to 120 s before it tries an update again that has failed often.
    /// </summary>
    public static readonly TimeSpan SettlingLimit = TimeSpan.FromSeconds(200);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Supervision = TimeSpan.FromMilliseconds(100);

    public async Task<ChaosOutcome> RunAsync(CancellationToken cancellationToken)
    {
        await using Cast cast = await Cast.CreateAsync(storage, script, time, cancellationToken);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        cast.Server.Faults.Add(new Fault(FaultKind.Delay) { Method = "sendMessage", Delay = script.HandlingTime });
        await StartAsync(cast, cancellationToken);
        var watch = new StorageWatch(storage, cast.All, time);
        Task supervision = Task.WhenAll(SuperviseAsync(cast, end.Token), watch.RunAsync(end.Token));
        var users = new Users(cast.Bot, script.Seed, time);
        IReadOnlyList<Affliction> afflictions = await PlayAsync(cast, users, cancellationToken);
        TimeSpan? settling = await SettleAsync(cast, users, watch, cancellationToken);
        await end.CancelAsync();
        await supervision;
        await Task.WhenAll(cast.All.Select(party => party.StopAsync(cancellationToken)));
        IReadOnlyList<Affliction> all = [.. afflictions, .. watch.Outages];
        return ChaosOutcome.Of(script, Judge.Of(Gather(cast, users, all)), settling, all, cast);
    }

    /// <returns>The time from the last trouble until all updates were settled; <see langword="null"/> when they were not.</returns>
    private async Task<TimeSpan?> SettleAsync(Cast cast, Users users, StorageWatch watch, CancellationToken cancellationToken)
    {
        DateTimeOffset planned = time.GetUtcNow();
        DateTimeOffset From() => watch.LastEnd > planned ? watch.LastEnd : planned;
        while (!IsSettled(cast, users))
        {
            if (time.GetUtcNow() - From() > SettlingLimit)
            {
                return null;
            }

            await Task.Delay(Interval, time, cancellationToken);
        }

        return time.GetUtcNow() - From();
    }

    /// <summary>Starts the parties and waits until they are ready, at most 60 s: on a slow machine the script starts anyway.</summary>
    private async Task StartAsync(Cast cast, CancellationToken cancellationToken)
    {
        foreach (Party party in cast.All)
        {
            party.Start();
        }

        long start = time.GetTimestamp();
        while (!IsReady(cast) && time.GetElapsedTime(start) < StartLimit)
        {
            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<Affliction>> PlayAsync(Cast cast, Users users, CancellationToken cancellationToken)
    {
        using var evening = new CancellationTokenSource(script.Length, time);
        var maker = new TroubleMaker(cast, time);
        Task chat = users.ChatAsync(evening.Token);
        IReadOnlyList<Affliction>[] afflictions = await Task.WhenAll(script.Troubles.Select(trouble => maker.MakeAsync(trouble, cancellationToken)));
        await chat;
        return [.. afflictions.SelectMany(some => some).OrderBy(affliction => affliction.From)];
    }

    private async Task SuperviseAsync(Cast cast, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.WhenAll(cast.All.Select(party => party.SuperviseAsync()));
            await Task.Delay(Supervision, time, CancellationToken.None);
        }
    }

    /// <summary>Whether the webhook is registered, and its fallbacks watch it.</summary>
    private static bool IsReady(Cast cast) => cast.Bot.Webhook.Url.Length > 0
        && new[] { cast.FallbackA, cast.FallbackB }.All(fallback => fallback.Output.Any(line => line.Contains("Watching it.", StringComparison.Ordinal)));

    private static bool IsSettled(Cast cast, Users users)
    {
        HashSet<(long, string)> answered = [.. cast.Bot.Sent.Select(answer => (answer.ChatId, answer.Text))];
        return cast.Bot.Statistics.Pending == 0 && users.Expected.Values.All(answered.Contains);
    }

    private static Evidence Gather(Cast cast, Users users, IReadOnlyList<Affliction> afflictions) => new(
        cast.Bot.Updates,
        cast.Bot.Sent,
        users.Expected,
        cast.Bot.Polls,
        cast.Bot.Statistics.ConflictsAnswered,
        afflictions,
        cast.Webhook.Port);
}
