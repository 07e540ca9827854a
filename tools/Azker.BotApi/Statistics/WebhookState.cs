namespace Azker.BotApi.Statistics;

/// <summary>What a bot's webhook is at. An empty <paramref name="Url"/>: none is set, or its host is still looked up.</summary>
/// <param name="Url">The URL as it was set.</param>
/// <param name="Connections">Those that are open or being opened.</param>
/// <param name="LoadedKeys">The ordering keys whose updates are taken up, at most twice max_connections.</param>
/// <param name="InFlight">The ids of the updates that are on their way.</param>
/// <param name="Retries">The updates that failed and wait for their next try, the next one first.</param>
/// <param name="IsWritten">Whether all that is on its way has been given to the network whole.</param>
public sealed record WebhookState(
    string Url, int Connections, int LoadedKeys, IReadOnlyList<int> InFlight, IReadOnlyList<WebhookRetry> Retries, bool IsWritten)
{
    internal static WebhookState None { get; } = new("", 0, 0, [], [], true);
}
