using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azker.BotApi.Statistics;

namespace Azker.Demo.StandIn;

/// <summary>The stand-in's control API, for one bot.</summary>
internal sealed class StandInClient(string url, long botId) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    // The user's proxy must not get requests to this machine.
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"{url}/control/bots/{botId}/") };

    /// <summary>Queues a message of a user.</summary>
    /// <returns>The update_id of the message.</returns>
    public Task<int> EnqueueAsync(long chat, long user, string text, CancellationToken cancellationToken) => CallAsync(async () =>
    {
        using HttpResponseMessage response = await _http.PostAsJsonAsync("messages", new { chat, user, text }, Json, cancellationToken);
        Enqueued? enqueued = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Enqueued>(Json, cancellationToken);
        return enqueued?.UpdateId ?? throw new DemoFailedException($"The stand-in did not queue '{text}'.");
    });

    public Task<Observation> ObserveAsync(CancellationToken cancellationToken) => CallAsync(async () => new Observation(
        await GetAsync<BotStatistics>("statistics", cancellationToken),
        await GetAsync<IReadOnlyList<PollRecord>>("polls", cancellationToken),
        await GetAsync<IReadOnlyList<UpdateRecord>>("updates", cancellationToken),
        await GetAsync<IReadOnlyList<SentMessage>>("sent", cancellationToken),
        await GetAsync<WebhookState>("webhook", cancellationToken)));

    public void Dispose() => _http.Dispose();

    private async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        await _http.GetFromJsonAsync<T>(path, Json, cancellationToken) ?? throw new JsonException($"{path} is null.");

    private static async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception error) when (error is HttpRequestException or JsonException)
        {
            throw new DemoFailedException($"A request to the stand-in failed: {error.Message}", error);
        }
    }

    private sealed record Enqueued(int? UpdateId);
}
