using Azker.BotApi.Bots;
using Azker.BotApi.Requests;
using Azker.BotApi.Statistics;

namespace Azker.BotApi.Polling;

/// <summary>Gives the 409 answers of one bot, paced, and counts each when it goes out.</summary>
internal sealed class Conflicts(BotGate gate, Recorder recorder)
{
    public const string WebhookIsActive =
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";

    public const string OtherGetUpdates =
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running";

    public const string SetWebhook = "Conflict: terminated by setWebhook request";

    public const string OtherSetWebhook = "Conflict: terminated by other setWebhook";

    private readonly ConflictPacer _pacer = new();

    /// <summary>The caller holds the gate. The task completes when the answer is due.</summary>
    public async Task<ApiAnswer> AnswerAsync(string text, Caller caller)
    {
        TimeSpan hold = _pacer.Hold(gate.Now);
        if (hold > TimeSpan.Zero)
        {
            await Task.Delay(hold, gate.Time, CancellationToken.None);
        }

        gate.Run(() => recorder.Conflict(text, caller));
        return ApiAnswer.Fail(409, text);
    }
}
