using System.Text.Json;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;

namespace Azker.PollingFallback.Commands.Webhook;

/// <summary>Writes the result of a command that changes the webhook.</summary>
internal static class WebhookChangeText
{
    /// <returns>The exit code.</returns>
    public static async Task<int> WriteAsync(WebhookChange change, bool json)
    {
        bool hasFailed = change.Outcome == WebhookChange.Failed;
        if (json)
        {
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(change, CommandJsonContext.Default.WebhookChange));
        }
        else
        {
            await (hasFailed ? Console.Error : Console.Out).WriteLineAsync(Describe(change));
        }

        return hasFailed ? ExitCode.Unexpected : ExitCode.Stopped;
    }

    private static string Describe(WebhookChange change) => change switch
    {
        { Outcome: WebhookChange.Failed } => Texts.FormatWebhookFailed(change.Reason),
        { Outcome: WebhookChange.Deleted, DryRun: true } => Texts.WebhookWouldDelete,
        { Outcome: WebhookChange.Deleted } => Texts.WebhookDeleted,
        { Outcome: WebhookChange.Registered, DryRun: true } => Texts.FormatWebhookWouldRegister(string.Join(", ", change.Drift)),
        { Outcome: WebhookChange.Registered } => Texts.WebhookRegistered,
        _ => Texts.WebhookUnchanged,
    };
}
