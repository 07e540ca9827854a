namespace Azker.BotApi.Statistics;

/// <summary>The state of the delivery to a bot's webhook.</summary>
/// <param name="Url">The URL as setWebhook gave it. Empty when no webhook is set and while the server resolves its host.</param>
/// <param name="Connections">The connections that are open or opening.</param>
/// <param name="LoadedKeys">The ordering keys whose updates the server has loaded for delivery, at most twice max_connections.</param>
/// <param name="InFlight">The ids of the updates in flight.</param>
/// <param name="Retries">The updates that wait for a retry, the next retry first.</param>
/// <param name="IsWritten">Whether the server has written every request in flight to the network in full.</param>
public sealed record WebhookState(
    string Url, int Connections, int LoadedKeys, IReadOnlyList<int> InFlight, IReadOnlyList<WebhookRetry> Retries, bool IsWritten)
{
    internal static WebhookState None { get; } = new("", 0, 0, [], [], true);
}
