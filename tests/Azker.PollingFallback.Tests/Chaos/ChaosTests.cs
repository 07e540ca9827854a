using Azker.Azurite;
using Azker.Chaos;
using Azker.Chaos.Scripts;

namespace Azker.PollingFallback.Tests.Chaos;

/// <summary>
/// Plays short scripts of the kind that <c>dotnet run --project tools/Azker.Benchmarks -- receiving</c> plays: the webhook's
/// console, its guard and two fallbacks are real processes, with the lock in a storage account.
/// </summary>
public sealed class ChaosTests
{
    private static readonly PlannedTrouble[] KilledOneAfterTheOther =
    [
        Plan(1, 14, Trouble.Kill, Victim.Webhook),
        Plan(8, 2, Trouble.Kill, Victim.Receiver),
    ];

    private static readonly PlannedTrouble[] CutOff =
    [
        Plan(0, 10, Trouble.StorageBlackHole, Victim.FallbackB),
        Plan(1, 14, Trouble.WebhookRefused, Victim.Webhook),
        Plan(6, 2, Trouble.ApiErrors, Victim.Everybody),
        Plan(9, 3, Trouble.Pause, Victim.FallbackA),
    ];

    [Fact]
    public Task Kills_of_all_parties_cause_no_loss_repetition_or_conflict() => Play(KilledOneAfterTheOther);

    [Fact]
    public Task Unreachable_services_cause_no_loss_repetition_or_conflict() => Play(CutOff);

    private static async Task Play(PlannedTrouble[] troubles)
    {
        await using AzuriteServer storage = await AzuriteServer.StartAsync(TestContext.Current.CancellationToken);
        var script = new ChaosScript(1, TimeSpan.FromSeconds(15), troubles) { SharesMachine = true, Times = (1, 1) };

        ChaosOutcome outcome = await new ChaosRun(storage, script, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);

        Assert.True(outcome.Violations.Count == 0, outcome.Story);
        Assert.Contains("Polling in place of the webhook until", outcome.Story, StringComparison.Ordinal);
    }

    private static PlannedTrouble Plan(double at, double duration, Trouble trouble, Victim victim) =>
        new(TimeSpan.FromSeconds(at), TimeSpan.FromSeconds(duration), trouble, victim);
}
