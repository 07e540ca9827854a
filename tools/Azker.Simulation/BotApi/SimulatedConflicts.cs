using Azker.Simulation.Invariants;
using Azker.Simulation.Network;
using Azker.Simulation.Scheduling;
using Telegram.Bot.Exceptions;

namespace Azker.Simulation.BotApi;

/// <summary>Answers 409, at the server's pace.</summary>
internal sealed class SimulatedConflicts(World world, ReceiverWatch watch)
{
    private readonly SimulatedConflictPacer _pacer = new(world);

    public void Answer<T>(Exchange<T> exchange, string why)
    {
        watch.Conflicted(exchange, why);
        world.Trace.Add(world.Now, "telegram", $"answers 409 to {exchange.Caller}{(exchange.IsLive ? "" : ", which no longer waits")}: {why}");
        _pacer.Send(() => exchange.Fail(new ApiRequestException($"Conflict: {why}", 409)));
    }
}
