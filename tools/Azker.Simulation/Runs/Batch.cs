using System.Collections.Concurrent;
using Azker.Simulation.Rules;

namespace Azker.Simulation.Runs;

/// <summary>Runs many seeds, each on one thread, and several seeds at the same time.</summary>
internal sealed class Batch(int first, int count, Rule? without, int threads)
{
    /// <summary>The size of a thread's stack: on a short stack .NET continues on another thread, which a long chain of updates in one chat can cause.</summary>
    private const int StackSize = 256 * 1024 * 1024;

    private readonly ConcurrentBag<SeedResult> _failed = [];
    private int _next = first - 1;
    private long _steps;
    private long _virtualTicks;

    /// <summary>Whether the results have traces.</summary>
    public bool HasTrace { get; init; }

    /// <param name="isEnough">Says after each seed whether the run can end.</param>
    public Summary Run(Func<SeedResult, bool> isEnough)
    {
        long start = TimeProvider.System.GetTimestamp();
        bool isOver = false;
        List<Thread> workers = [.. Enumerable.Range(0, threads).Select(_ => new Thread(Work, StackSize))];
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        return new Summary(
            Math.Min(_next - first + 1, count),
            _steps,
            TimeSpan.FromTicks(_virtualTicks),
            TimeProvider.System.GetElapsedTime(start),
            [.. _failed.OrderBy(result => result.Seed)]);

        void Work()
        {
            while (!Volatile.Read(ref isOver) && Interlocked.Increment(ref _next) is var seed && seed < first + count)
            {
                SeedResult result = SeedRun.Run(seed, HasTrace, without);
                Interlocked.Add(ref _steps, result.Steps);
                Interlocked.Add(ref _virtualTicks, result.VirtualTime.Ticks);
                if (!result.IsClean)
                {
                    _failed.Add(result);
                }

                if (isEnough(result))
                {
                    Volatile.Write(ref isOver, true);
                }
            }
        }
    }
}
