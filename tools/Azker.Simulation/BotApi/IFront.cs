using Azker.Simulation.Scheduling;

namespace Azker.Simulation.BotApi;

/// <summary>What answers at a webhook's URL.</summary>
internal interface IFront
{
    ProcessThread Thread { get; }

    bool IsListening { get; }

    /// <summary>Takes a push.</summary>
    /// <param name="update">The update.</param>
    /// <param name="secret">The secret token that comes with it.</param>
    /// <param name="answer">Gets the status and the <c>Retry-After</c>, in seconds.</param>
    /// <param name="aborted">Falls when the server waits no more.</param>
    void Take(PendingUpdate update, string secret, Action<int, int?> answer, CancellationToken aborted);

    /// <summary>Answers whether it receives.</summary>
    void AskHealth(Action<bool> answer);
}
