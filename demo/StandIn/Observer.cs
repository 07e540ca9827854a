using Azker.BotApi.Statistics;
using Azker.Demo.Consoles;

namespace Azker.Demo.StandIn;

/// <summary>Observes the stand-in every 0.1 s, and checks that the processes which must run do run.</summary>
internal sealed class Observer(StandInClient client, StandInProcess standIn, IReadOnlyList<BotConsole> consoles, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private volatile Observation? _latest;

    public Observation? Latest => _latest;

    public IReadOnlyList<SentMessage> Answers => _latest?.Answers ?? [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await ObserveAsync(cancellationToken);
            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    public async Task ObserveAsync(CancellationToken cancellationToken)
    {
        standIn.EnsureRuns();
        Observation observation = await client.ObserveAsync(cancellationToken);
        foreach (BotConsole console in consoles)
        {
            console.Observe(observation);
        }

        _latest = observation;
    }
}
