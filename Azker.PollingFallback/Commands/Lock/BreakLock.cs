using System.Text.Json;
using Azker.Core.Hosting;
using Azker.Core.Locking.BlobLease;
using Azker.Core.Overview;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Commands.Lock;

/// <summary>
/// <c>lock break</c>: takes a lease away from a holder that renews it and does not receive. An OS lock ends with its process only.
/// </summary>
internal static class BreakLock
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    /// <summary>How much longer than the lease the wait lasts, for slow answers of the storage service.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(AzkerBot bot, bool yes, bool json, CancellationToken cancellationToken)
    {
        LockReport before = await bot.Receiver.GetRequiredService<LockReader>().ReadAsync(cancellationToken);
        if (before.Holder is not { } holder)
        {
            return await ReportAsync(new LockBreak(LockBreak.Free, null, null), Texts.LockBreakFree, ExitCode.Stopped, json);
        }

        if (bot.Receiver.GetService<BlobLeaseLock>() is not { } lease)
        {
            return await ReportAsync(
                new LockBreak(LockBreak.Refused, holder, holder), Texts.FormatLockBreakFile(holder.Pid, holder.Host, $"kill {holder.Pid}"), ExitCode.HeldByOther, json);
        }

        double seconds = bot.Options.Lock.LeaseDuration.TotalSeconds;
        if (!await YesOption.IsGivenAsync(yes, Texts.FormatLockBreakQuestion(LockText.HolderOf(holder), seconds), cancellationToken))
        {
            return await ReportAsync(new LockBreak(LockBreak.Declined, holder, holder), Texts.LockBreakDeclined, ExitCode.HeldByOther, json);
        }

        await lease.BreakAsync(cancellationToken);
        await Console.Error.WriteLineAsync(Texts.FormatLockBreakWaits(seconds));
        LockHolderReport? after = await WaitAsync(bot, holder, cancellationToken);
        return await ReportAsync(
            new LockBreak(LockBreak.Broken, holder, after),
            after is null ? Texts.FormatLockBroken(LockText.HolderOf(holder)) : Texts.FormatLockBrokenAndTaken(LockText.HolderOf(holder), LockText.HolderOf(after)),
            ExitCode.Stopped,
            json);
    }

    /// <summary>Waits until the holder before no longer holds the lock.</summary>
    private static async Task<LockHolderReport?> WaitAsync(AzkerBot bot, LockHolderReport before, CancellationToken cancellationToken)
    {
        TimeProvider time = bot.Receiver.GetRequiredService<TimeProvider>();
        long start = time.GetTimestamp();
        while (true)
        {
            LockHolderReport? now = (await bot.Receiver.GetRequiredService<LockReader>().ReadAsync(cancellationToken)).Holder;
            if (now?.Instance != before.Instance || time.GetElapsedTime(start) > bot.Options.Lock.LeaseDuration + Slack)
            {
                return now;
            }

            await Task.Delay(Poll, time, cancellationToken);
        }
    }

    private static async Task<int> ReportAsync(LockBreak result, string text, int code, bool json)
    {
        await (code == ExitCode.Stopped || json ? Console.Out : Console.Error).WriteLineAsync(
            json ? JsonSerializer.Serialize(result, CommandJsonContext.Default.LockBreak) : text);
        return code;
    }
}
