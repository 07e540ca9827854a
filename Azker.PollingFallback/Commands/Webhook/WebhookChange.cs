namespace Azker.PollingFallback.Commands.Webhook;

/// <summary>The result of a command that changes the webhook.</summary>
/// <param name="Outcome"><c>registered</c>, <c>deleted</c>, <c>unchanged</c> or <c>failed</c>.</param>
/// <param name="DryRun">Whether nothing was changed because the user asked only what would be.</param>
/// <param name="Drift">The parameters of setWebhook that differed from the settings.</param>
/// <param name="Reason">Why the command failed; <see langword="null"/> if it did not.</param>
internal sealed record WebhookChange(string Outcome, bool DryRun, IReadOnlyList<string> Drift, string? Reason = null)
{
    public const string Registered = "registered";
    public const string Deleted = "deleted";
    public const string Unchanged = "unchanged";
    public const string Failed = "failed";
}
