using Azker.Simulation.Scheduling;

namespace Azker.Simulation.Storage;

/// <summary>The queue that brings parked updates back to Functions apps. Its triggers look for messages every 5 s.</summary>
internal sealed class ParkedQueue(World world)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);

    /// <summary>For how long the host hides a message that it has taken. The message is visible again when its process was killed.</summary>
    private static readonly TimeSpan VisibilityTimeout = TimeSpan.FromMinutes(10);

    private readonly Random _random = world.RandomOf("queue");
    private readonly List<Taker> _takers = [];

    /// <summary>Adds a process that takes messages until it stops.</summary>
    public void Add(ProcessThread process, Func<int, Task> run, CancellationToken stoppingToken)
    {
        var taker = new Taker(process, run, stoppingToken);
        _takers.Add(taker);
        process.OnDeath(() => _takers.Remove(taker));
    }

    public void Put(int updateId, TimeSpan delay) =>
        world.After((delay > TimeSpan.Zero ? delay : TimeSpan.Zero) + (PollInterval * _random.NextDouble()), () => Deliver(updateId));

    private void Deliver(int updateId)
    {
        Taker[] ready = [.. _takers.Where(taker => taker is { Process.IsPaused: false, StoppingToken.IsCancellationRequested: false })];
        if (ready.Length == 0)
        {
            Put(updateId, PollInterval);
            return;
        }

        Taker taker = ready[_random.Next(ready.Length)];
        bool hasEnded = false;
        taker.Process.Start(async () =>
        {
            await taker.Run(updateId);
            hasEnded = true;
        });
        taker.Process.OnDeath(() =>
        {
            if (!hasEnded)
            {
                Put(updateId, VisibilityTimeout);
            }
        });
    }

    private sealed record Taker(ProcessThread Process, Func<int, Task> Run, CancellationToken StoppingToken);
}
