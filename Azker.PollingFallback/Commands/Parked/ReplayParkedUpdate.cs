using System.Text.Json.Nodes;
using Azker.Core.Configuration;
using Azker.Core.Delivery.Parking;
using Azker.Core.Hosting;
using Azker.PollingFallback.Language;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Commands.Parked;

/// <summary>
/// <c>parked replay</c>: brings a parked update to its handler now, after the older updates of its lane, also before its time. The
/// ledger keeps a running instance from handling it at the same time.
/// </summary>
internal static class ReplayParkedUpdate
{
    /// <summary>How much longer than one attempt the command lasts: the ledger may be slow.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(AzkerBot bot, int id, bool json, CancellationToken cancellationToken)
    {
        IParkedUpdateStore store = bot.Receiver.GetRequiredService<IParkedUpdateStore>();
        ParkedUpdate update = await ShowParkedUpdate.FindAsync(bot.Receiver, id, cancellationToken);
        if (update.NotBefore is not null)
        {
            await store.WriteAsync(update with { NotBefore = null }, cancellationToken);
        }

        await RunOnceAsync(bot, id, cancellationToken);
        bool isHandled = await store.FindAsync(id, CancellationToken.None) is null;
        string text = isHandled ? Texts.FormatParkedHandled(id) : Texts.FormatParkedKept(id);
        await Console.Out.WriteLineAsync(json ? new JsonObject { ["update_id"] = id, ["outcome"] = isHandled ? "settled" : "kept" }.ToJsonString() : text);
        return isHandled ? ExitCode.Stopped : ExitCode.ReplayFailed;
    }

    /// <summary>A failed attempt would be followed by others, for as long as the settings say: those are left to a running instance.</summary>
    private static async Task RunOnceAsync(AzkerBot bot, int id, CancellationToken cancellationToken)
    {
        DeliveryOptions delivery = bot.Options.Delivery;
        using var limit = new CancellationTokenSource(delivery.HandlerTimeout + Slack, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await bot.RunParkedAsync(id, either.Token);
    }
}
