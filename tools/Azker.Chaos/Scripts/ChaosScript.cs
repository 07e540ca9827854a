namespace Azker.Chaos.Scripts;

/// <summary>The troubles and the settings of one run, drawn from a seed.</summary>
internal sealed record ChaosScript(int Seed, TimeSpan Length, IReadOnlyList<PlannedTrouble> Troubles)
{
    private const int FewestOthers = 3;
    private const int MostOthers = 7;
    private const double ShortestOutage = 6;
    private const double LongestOutage = 15;
    private const double LongestTrouble = 20;
    private const double LongestAbsence = 5;
    private const double LongestOfApi = 10;

    private static readonly Trouble[] Outages = [Trouble.Kill, Trouble.WebhookRefused, Trouble.WebhookBlackHole];
    private static readonly Trouble[] OfProcesses = [Trouble.Kill, Trouble.Restart, Trouble.Pause];
    private static readonly Victim[] Parties = [Victim.Webhook, Victim.FallbackA, Victim.FallbackB, Victim.Guard, Victim.Receiver, Victim.Receiver];

    /// <summary>Whether the two fallbacks are on one machine, so that the second fallback takes over from the first at once.</summary>
    public bool SharesMachine { get; init; }

    /// <summary><c>FALLBACK_GRACE</c> and <c>FAILBACK_DELAY</c>, in whole seconds.</summary>
    public (int Grace, int FailbackDelay) Times { get; init; }

    /// <summary>The time that the Bot API server takes to answer a handler: the longer, the more updates are in flight.</summary>
    public TimeSpan HandlingTime { get; init; }

    public static ChaosScript Draw(int seed, TimeSpan length)
    {
        var random = new Random(seed);
        IEnumerable<PlannedTrouble> others = Enumerable.Range(0, random.Next(FewestOthers, MostOthers + 1)).Select(_ => DrawTrouble(random, length));
        PlannedTrouble[] troubles = [DrawOutage(random), .. others];
        return new ChaosScript(seed, length, [.. troubles.OrderBy(trouble => trouble.At)])
        {
            SharesMachine = random.Next(2) == 0,
            Times = (random.Next(1, 4), random.Next(1, 4)),
            HandlingTime = TimeSpan.FromMilliseconds(random.Next(4) * 50),
        };
    }

    public override string ToString() => string.Join('\n', Troubles.Select(trouble => $"  {trouble}").Prepend(FormattableString.Invariant(
        $"seed {Seed}: grace {Times.Grace} s, failback delay {Times.FailbackDelay} s, handlers take {HandlingTime.TotalMilliseconds} ms, the fallbacks {(SharesMachine ? "share a machine" : "are on two machines")}")));

    /// <summary>Draws the outage of the webhook, long enough for a failover, so that other troubles meet changes of the receiver.</summary>
    private static PlannedTrouble DrawOutage(Random random) => new(
        TimeSpan.FromSeconds(random.NextDouble() * 4),
        TimeSpan.FromSeconds(ShortestOutage + (random.NextDouble() * (LongestOutage - ShortestOutage))),
        Outages[random.Next(Outages.Length)],
        Victim.Webhook);

    private static PlannedTrouble DrawTrouble(Random random, TimeSpan length)
    {
        // Half of the troubles hit the processes themselves.
        Trouble trouble = random.Next(2) == 0 ? OfProcesses[random.Next(OfProcesses.Length)] : (Trouble)random.Next((int)Trouble.StorageRefused, (int)Trouble.WebhookLosesReplies + 1);
        double longest = trouble switch
        {
            Trouble.Kill or Trouble.Restart => LongestAbsence,
            >= Trouble.ApiRefused and <= Trouble.ApiLosesReplies => LongestOfApi,
            _ => LongestTrouble,
        };
        double duration = trouble is Trouble.Kill or Trouble.Restart ? random.NextDouble() * longest : 1 + (random.NextDouble() * (longest - 1));
        duration = Math.Min(duration, length.TotalSeconds / 2);
        double at = random.NextDouble() * (length.TotalSeconds - duration);
        return new PlannedTrouble(TimeSpan.FromSeconds(at), TimeSpan.FromSeconds(duration), trouble, DrawVictim(random, trouble));
    }

    private static Victim DrawVictim(Random random, Trouble trouble) => trouble switch
    {
        >= Trouble.WebhookRefused => Victim.Webhook,
        >= Trouble.StorageRefused when random.Next(3) == 0 => Victim.Everybody,
        _ => Parties[random.Next(Parties.Length)],
    };
}
