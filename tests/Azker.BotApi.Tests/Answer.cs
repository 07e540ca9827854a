using System.Text.Json;

namespace Azker.BotApi.Tests;

internal sealed record Answer(HttpResponseMessage Response, string Body)
{
    public int Status => (int)Response.StatusCode;

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public JsonElement Result => Json.GetProperty("result");

    public string? Description => Json.GetProperty("description").GetString();

    public int[] UpdateIds => [.. Result.EnumerateArray().Select(update => update.GetProperty("update_id").GetInt32())];

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) =>
        new(response, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
}
