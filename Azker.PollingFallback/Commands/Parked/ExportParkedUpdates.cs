using Azker.Core.Delivery.Parking;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Commands.Parked;

/// <summary><c>parked export</c>.</summary>
internal static class ExportParkedUpdates
{
    /// <param name="services">The services of the bot.</param>
    /// <param name="path">The file; <see langword="null"/> for the standard output.</param>
    /// <param name="cancellationToken">Ends the export.</param>
    public static async Task<int> RunAsync(IServiceProvider services, string? path, CancellationToken cancellationToken)
    {
        IParkedUpdateStore store = services.GetRequiredService<IParkedUpdateStore>();
        int total = await store.ListIdsAsync(cancellationToken).CountAsync(cancellationToken);
        if (path is null)
        {
            await WorkProgress.RunAsync(total, progress => WriteAsync(store, progress.WriteAsync, progress, cancellationToken));
            return ExitCode.Stopped;
        }

        int count = await OutputFile.WriteAsync(
            path, writer => WorkProgress.RunAsync(total, progress => WriteAsync(store, writer.WriteLineAsync, progress, cancellationToken)));
        await Console.Out.WriteLineAsync(Texts.FormatParkedExported(count, path));
        return ExitCode.Stopped;
    }

    private static async Task<int> WriteAsync(IParkedUpdateStore store, Func<string, Task> write, WorkProgress progress, CancellationToken cancellationToken)
    {
        int count = 0;
        await foreach (ParkedUpdate update in store.ListAsync(cancellationToken))
        {
            await write(ParkedJson.Format(update, withRaw: true));
            await progress.StepAsync();
            count++;
        }

        return count;
    }
}
