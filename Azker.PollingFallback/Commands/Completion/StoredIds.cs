using System.CommandLine.Completions;
using Azker.Core.Delivery.DeadLetters;
using Azker.Core.Delivery.Parking;
using Azker.Core.Hosting;
using Azker.PollingFallback.Hosting;
using Azker.PollingFallback.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Azker.PollingFallback.Commands.Completion;

/// <summary>Suggests the IDs of stored updates, from the disk alone: a shell that waits for a storage account would seem to hang.</summary>
internal static class StoredIds
{
    private const int Most = 200;

    public static IEnumerable<CompletionItem> OfDeadLetters(CompletionContext context) => Read(
        services => services.GetRequiredService<DeadLetterArchive>().ListAsync(CancellationToken.None).Select(letter => letter.Id));

    public static IEnumerable<CompletionItem> OfParkedUpdates(CompletionContext context) => Read(
        services => services.GetRequiredService<IParkedUpdateStore>().ListIdsAsync(CancellationToken.None).Select(id => $"{id}"));

    private static List<CompletionItem> Read(Func<IServiceProvider, IAsyncEnumerable<string>> list)
    {
        try
        {
            using IHost host = ConsoleHost.CreateIdle(SettingsFiles.Read(Directory.GetCurrentDirectory()), _ => { });
            AzkerBot bot = host.Services.GetRequiredService<AzkerBot>();
            return bot.Options.Storage.IsConfigured
                ? []
                : list(bot.Receiver).Take(Most).ToBlockingEnumerable().Select(id => new CompletionItem(id)).ToList();
        }
        catch (Exception)
        {
            // Whatever is wrong with the settings or the disk, the command itself says it; a completion is silent.
            return [];
        }
    }
}
