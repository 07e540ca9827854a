using System.Globalization;
using System.Security.Cryptography;
using Azker.Azurite;

namespace Azker.Benchmarks.Locking;

/// <summary>Counts acts of a second holder while processes compete for one lock under random faults.</summary>
/// <remarks>
/// A holder writes down each act with its epoch and the moment at which its check began. An act after an act with a higher
/// epoch shows two holders at once.
/// </remarks>
internal static class Chaos
{
    private const int FaultsPerRun = 5;
    private const int Competitors = 3;
    private static readonly NetworkFault[] Faults = [NetworkFault.BlackHole, NetworkFault.Refuse, NetworkFault.ResetMidReply, NetworkFault.DelayReply, NetworkFault.LoseReply];

    public static async Task<Measurement> RunAsync(AzuriteServer server, int runs, CancellationToken cancellationToken)
    {
        double[] values = await Rounds.OverlapAsync(server, runs, RunAsync, cancellationToken);
        string name = string.Create(CultureInfo.InvariantCulture, $"two holders at once, {runs * FaultsPerRun} random faults: acts of a second holder");
        return new Measurement(name, "acts", "none", values.Sum() == 0, values);
    }

    private static async Task<double> RunAsync(Arena arena, CancellationToken cancellationToken)
    {
        string acts = Path.Combine(arena.CreateDirectory(), "acts");
        Directory.CreateDirectory(acts);
        string[] machines = [arena.CreateDirectory(), arena.CreateDirectory()];
        LockHolderProcess Start(int index) => arena.Start(machines[index % machines.Length], "--acts", acts);

        LockHolderProcess[] processes = [.. Enumerable.Range(0, Competitors).Select(Start)];
        for (int fault = 0; fault < FaultsPerRun; fault++)
        {
            await PassAsync(3, 7, cancellationToken);
            int victim = RandomNumberGenerator.GetInt32(Competitors);
            if (!await FailAsync(processes[victim], cancellationToken))
            {
                processes[victim] = Start(victim);
            }
        }

        await PassAsync(18, 19, cancellationToken);
        return CountOverlaps(acts);
    }

    /// <returns>Whether the process still competes.</returns>
    private static async Task<bool> FailAsync(LockHolderProcess process, CancellationToken cancellationToken)
    {
        switch (RandomNumberGenerator.GetInt32(8))
        {
            case 0:
                process.Kill();
                return false;
            case 1:
                process.Do("release");
                return false;
            case 2:
                await process.SignalAsync("STOP", cancellationToken);
                await PassAsync(5, 22, cancellationToken);
                await process.SignalAsync("CONT", cancellationToken);
                break;
            default:
                process.Proxy.Delay = TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(200, 3000));
                process.Proxy.Fault = RandomNumberGenerator.GetItems<NetworkFault>(Faults, 1)[0];
                await PassAsync(2, 20, cancellationToken);
                process.Proxy.Fault = NetworkFault.None;
                break;
        }

        // A process that lost the lock does not compete any more, so it is killed, and the caller starts a new process.
        if (process.SaidLost())
        {
            process.Kill();
            return false;
        }

        return true;
    }

    private static int CountOverlaps(string acts)
    {
        long highest = 0;
        int overlaps = 0;
        foreach ((long at, long epoch) in Directory.GetFiles(acts).SelectMany(File.ReadLines).Select(Parse).OfType<(long, long)>().Order())
        {
            overlaps += epoch < highest ? 1 : 0;
            highest = Math.Max(highest, epoch);
        }

        return highest > 0 ? overlaps : throw new InvalidOperationException("No holder acted in this run.");
    }

    private static (long At, long Epoch)? Parse(string line)
    {
        // A killed process can leave half a line.
        string[] parts = line.Split(' ');
        return parts is [_, _, "."] ? (long.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture)) : null;
    }

    private static Task PassAsync(int fromSeconds, int toSeconds, CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(fromSeconds * 1000, toSeconds * 1000)), TimeProvider.System, cancellationToken);
}
