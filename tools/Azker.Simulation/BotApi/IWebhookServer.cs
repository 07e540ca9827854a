using Azker.Simulation.Scheduling;

namespace Azker.Simulation.BotApi;

/// <summary>A server that answers at a webhook's URL.</summary>
internal interface IWebhookServer
{
    ProcessThread Thread { get; }

    bool IsListening { get; }

    /// <summary>Takes a push.</summary>
    /// <param name="update">The update.</param>
    /// <param name="secret">The secret token of the request.</param>
    /// <param name="answer">Gets the status and the <c>Retry-After</c>, in seconds.</param>
    /// <param name="aborted">Is cancelled when the Bot API server no longer waits for the answer.</param>
    void Take(PendingUpdate update, string secret, Action<int, int?> answer, CancellationToken aborted);

    /// <summary>Answers whether updates are received.</summary>
    void AskHealth(Action<bool> answer);
}
