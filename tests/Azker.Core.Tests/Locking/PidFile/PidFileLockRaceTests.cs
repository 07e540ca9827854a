using System.Collections.Concurrent;
using Azker.Core.Locking;
using Azker.Core.Locking.OsLock;
using Azker.Core.Locking.PidFile;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Locking.PidFile;

/// <summary>Many starts at the same moment, repeated many times.</summary>
public sealed class PidFileLockRaceTests : PidFileLockFixture
{
    private const int Racers = 6;

    [Fact]
    public void In_two_thousand_races_of_six_exactly_one_wins() => Race(2000, beforeRound: null);

    [Fact]
    public void In_a_thousand_races_for_what_a_crashed_holder_left_exactly_one_wins()
    {
        string left = Records.Dead().ToText();
        Race(1000, () => File.WriteAllText(PidPath, left));
    }

    [Fact]
    public void No_two_holders_in_turn_have_the_same_epoch()
    {
        var epochs = new ConcurrentQueue<long>();
        Run(() =>
        {
            PidFileLock instance = CreateRacer();
            while (epochs.Count < 500)
            {
                if (instance.TryAcquireAsync(Token).GetAwaiter().GetResult() is { } handle)
                {
                    epochs.Enqueue(handle.Holder.Epoch);
                    handle.DisposeAsync().AsTask().GetAwaiter().GetResult();
                }
            }
        });

        Assert.Equal(epochs.Distinct().Order(), epochs);
    }

    [Fact]
    public async Task Asking_who_left_an_old_record_on_another_host_never_stops_a_starter()
    {
        string left = Records.Of(ProcessIdentity.Current with { Host = "elsewhere", PidNamespace = "1" }).ToText();
        using var done = new CancellationTokenSource();
        Task asker = Task.Run(
            async () =>
            {
                while (!done.IsCancellationRequested)
                {
                    await CreateLock().GetHolderAsync(Token);
                }
            },
            Token);

        for (int round = 0; round < 500; round++)
        {
            await File.WriteAllTextAsync(Directory["left"], left, Token);
            File.Move(Directory["left"], PidPath);
            await using IInstanceLockHandle handle = await Acquire();
        }

        await done.CancelAsync();
        await asker;
    }

    private void Race(int rounds, Action? beforeRound)
    {
        var winners = new List<IInstanceLockHandle>();
        int[] winnersPerRound = new int[rounds];
        int round = 0;
        using var finish = new Barrier(Racers, _ =>
        {
            winnersPerRound[round++] = winners.Count;
            winners.ForEach(winner => winner.DisposeAsync().AsTask().GetAwaiter().GetResult());
            winners.Clear();
        });
        using var start = new Barrier(Racers, _ => beforeRound?.Invoke());

        Run(() =>
        {
            PidFileLock instance = CreateRacer();
            for (int i = 0; i < rounds; i++)
            {
                start.SignalAndWait(Token);
                if (instance.TryAcquireAsync(Token).GetAwaiter().GetResult() is { } handle)
                {
                    lock (winners)
                    {
                        winners.Add(handle);
                    }
                }

                finish.SignalAndWait(Token);
            }
        });

        Assert.All(winnersPerRound, winnerCount => Assert.Equal(1, winnerCount));
    }

    private static void Run(Action race)
    {
        Thread[] racers = [.. Enumerable.Range(0, Racers).Select(_ => new Thread(() => race()))];
        Array.ForEach(racers, racer => racer.Start());
        Array.ForEach(racers, racer => racer.Join());
    }

    private PidFileLock CreateRacer() => new(TestOptions.Local(Directory.FullPath), TimeProvider.System, Logger);
}
