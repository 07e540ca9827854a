namespace Azker.Core.Overview;

/// <summary>The webhook as Telegram has it, against the settings.</summary>
/// <param name="IsRegistered">Whether a webhook is set.</param>
/// <param name="Url">Its URL without query; without a path if it is not ours, because the path may be a secret.</param>
/// <param name="ConfiguredUrl">The URL of the settings; <see langword="null"/> without <c>USE_WEBHOOK</c>.</param>
/// <param name="Drift">The parameters of setWebhook that differ from the settings; empty without <c>USE_WEBHOOK</c>.</param>
/// <param name="PendingUpdateCount">How many updates wait at Telegram.</param>
/// <param name="MaxConnections">How many chats Telegram delivers side by side.</param>
/// <param name="AllowedUpdates">The kinds of update; <see langword="null"/> for the default of the server.</param>
/// <param name="IpAddress">The address that Telegram calls.</param>
/// <param name="HasCustomCertificate">Whether Telegram trusts a certificate of its own for this webhook.</param>
/// <param name="LastErrorAt">When the last delivery failed, UTC. A later success does not clear it.</param>
/// <param name="LastError">The error of that delivery.</param>
internal sealed record WebhookReport(
    bool IsRegistered,
    string? Url,
    string? ConfiguredUrl,
    IReadOnlyList<string> Drift,
    int PendingUpdateCount,
    int? MaxConnections,
    IReadOnlyList<string>? AllowedUpdates,
    string? IpAddress,
    bool HasCustomCertificate,
    DateTimeOffset? LastErrorAt,
    string? LastError);
