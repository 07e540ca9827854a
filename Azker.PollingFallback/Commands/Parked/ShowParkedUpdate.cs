using Azker.Core.Delivery.Parking;
using Azker.PollingFallback.Commands.DeadLetters;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Commands.Parked;

/// <summary><c>parked show</c>.</summary>
internal static class ShowParkedUpdate
{
    public static async Task<int> RunAsync(IServiceProvider services, int id, bool json, CancellationToken cancellationToken)
    {
        ParkedUpdate update = await FindAsync(services, id, cancellationToken);
        await Console.Out.WriteLineAsync(json ? ParkedJson.Format(update, withRaw: true) : $"{Describe(update)}\n\n{DeadLetterText.Of(update.Raw)}");
        return ExitCode.Stopped;
    }

    /// <exception cref="NoSuchParkedUpdateException">The update is not parked.</exception>
    public static async Task<ParkedUpdate> FindAsync(IServiceProvider services, int id, CancellationToken cancellationToken)
    {
        IParkedUpdateStore store = services.GetRequiredService<IParkedUpdateStore>();
        return await store.FindAsync(id, cancellationToken) ?? throw new NoSuchParkedUpdateException(id, store.Location);
    }

    private static string Describe(ParkedUpdate update) => TextTable.Format(
    [
        [Texts.ParkedUpdate, $"{update.UpdateId}"],
        [Texts.ParkedKind, ParkedJson.KindOf(update) ?? Texts.NotKnown],
        [Texts.ParkedArrived, DeadLetterText.Time(update.ArrivedAt)],
        [Texts.ParkedNotBefore, update.NotBefore is { } time ? DeadLetterText.Time(time) : Texts.None],
    ]);
}
