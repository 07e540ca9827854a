using System.Text.Json.Nodes;
using Azker.Core.Delivery.Parking;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Commands.Parked;

/// <summary><c>parked remove</c>: gives an update up for good. Telegram has it no more.</summary>
internal static class RemoveParkedUpdate
{
    public static async Task<int> RunAsync(IServiceProvider services, int id, bool yes, bool json, CancellationToken cancellationToken)
    {
        await ShowParkedUpdate.FindAsync(services, id, cancellationToken);
        bool isConfirmed = await YesOption.IsGivenAsync(yes, Texts.FormatParkedRemoveQuestion(id), cancellationToken);
        if (isConfirmed)
        {
            await services.GetRequiredService<IParkedUpdateStore>().RemoveAsync(id, cancellationToken);
        }

        string text = isConfirmed ? Texts.FormatParkedRemoved(id) : Texts.NothingRemoved;
        await Console.Out.WriteLineAsync(json ? new JsonObject { ["update_id"] = id, ["removed"] = isConfirmed }.ToJsonString() : text);
        return isConfirmed ? ExitCode.Stopped : ExitCode.Unexpected;
    }
}
