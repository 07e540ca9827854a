using System.Globalization;
using Azker.Core.Delivery.Parking;
using Azker.PollingFallback.Commands.DeadLetters;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Commands.Parked;

/// <summary><c>parked list</c>.</summary>
internal static class ListParkedUpdates
{
    public static async Task<int> RunAsync(IServiceProvider services, bool json, CancellationToken cancellationToken)
    {
        IParkedUpdateStore store = services.GetRequiredService<IParkedUpdateStore>();
        List<ParkedUpdate> updates = await store.ListAsync(cancellationToken)
            .OrderBy(update => update.ArrivedAt)
            .ThenBy(update => update.UpdateId)
            .ToListAsync(cancellationToken);
        if (json)
        {
            updates.ForEach(update => Console.Out.WriteLine(ParkedJson.Format(update)));
            return ExitCode.Stopped;
        }

        if (updates.Count > 0)
        {
            await Console.Out.WriteLineAsync(TextTable.Format([[Texts.HeadUpdate, Texts.HeadKind, Texts.HeadArrived, Texts.HeadNotBefore], .. updates.Select(Row)]));
        }

        string count = updates.Count == 1 ? Texts.ParkedOne : Texts.FormatParkedCount(updates.Count);
        await Console.Out.WriteLineAsync(Texts.FormatCountIn(count, store.Location));
        return ExitCode.Stopped;
    }

    private static string[] Row(ParkedUpdate update) =>
    [
        update.UpdateId.ToString(CultureInfo.InvariantCulture),
        ParkedJson.KindOf(update) ?? "-",
        DeadLetterText.Time(update.ArrivedAt),
        update.NotBefore is { } notBefore ? DeadLetterText.Time(notBefore) : "-",
    ];
}
