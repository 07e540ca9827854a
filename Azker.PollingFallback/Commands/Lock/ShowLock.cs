using System.Text.Json;
using Azker.Core.Hosting;
using Azker.Core.Overview;
using Azker.PollingFallback.Output;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Commands.Lock;

/// <summary><c>lock show</c>.</summary>
internal static class ShowLock
{
    public static async Task<int> RunAsync(AzkerBot bot, bool json, CancellationToken cancellationToken)
    {
        LockReport report = await bot.Receiver.GetRequiredService<LockReader>().ReadAsync(cancellationToken);
        await Console.Out.WriteLineAsync(json
            ? JsonSerializer.Serialize(report, CommandJsonContext.Default.LockReport)
            : LockText.Format(report, bot.Receiver.GetRequiredService<TimeProvider>().GetUtcNow()));
        return ExitCode.Stopped;
    }
}
