using System.Text.Json.Nodes;
using Azker.Core.Delivery.Parking;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Commands.Parked;

/// <summary><c>parked remove</c>: gives updates up for good. Telegram has them no more.</summary>
internal static class RemoveParkedUpdates
{
    /// <param name="services">The services of the bot.</param>
    /// <param name="id">The update_id; <see langword="null"/> for all parked updates.</param>
    /// <param name="yes">Whether the user has confirmed it.</param>
    /// <param name="json">Whether each result is a line of JSON.</param>
    /// <param name="cancellationToken">Ends the removal.</param>
    public static async Task<int> RunAsync(IServiceProvider services, int? id, bool yes, bool json, CancellationToken cancellationToken)
    {
        IParkedUpdateStore store = services.GetRequiredService<IParkedUpdateStore>();
        List<int> ids = id is { } single
            ? [(await ShowParkedUpdate.FindAsync(services, single, cancellationToken)).UpdateId]
            : await store.ListIdsAsync(cancellationToken).Order().ToListAsync(cancellationToken);
        string question = id is null ? Texts.FormatParkedRemoveAllQuestion(ids.Count) : Texts.FormatParkedRemoveQuestion(id);
        bool isConfirmed = await YesOption.IsGivenAsync(yes, question, cancellationToken);
        if (!isConfirmed && !json)
        {
            await Console.Out.WriteLineAsync(Texts.NothingRemoved);
            return ExitCode.Unexpected;
        }

        return await WorkProgress.RunAsync(ids.Count, async progress =>
        {
            foreach (int each in ids)
            {
                if (isConfirmed)
                {
                    await store.RemoveAsync(each, cancellationToken);
                }

                await progress.WriteAsync(json
                    ? new JsonObject { ["update_id"] = each, ["removed"] = isConfirmed }.ToJsonString()
                    : Texts.FormatParkedRemoved(each));
                await progress.StepAsync();
            }

            return isConfirmed ? ExitCode.Stopped : ExitCode.Unexpected;
        });
    }
}
