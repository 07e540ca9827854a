namespace Azker.Core.Webhook.Registration;

/// <summary>
/// Records how updates are received, and which instance changed that last. It contains no secret and no token. Only the
/// holder of the receiver lock writes it.
/// </summary>
/// <param name="Schema">The version of the record's format: 1.</param>
/// <param name="Epoch">The epoch of the lock under which the record was written.</param>
/// <param name="Mode">How updates are received: <c>webhook</c> or <c>polling</c>.</param>
/// <param name="State">The state of the receiver: <c>receiving</c> or <c>released</c>.</param>
/// <param name="Instance">The writer's instance id.</param>
/// <param name="Host">The writer's host name.</param>
/// <param name="Since">When the record was written, UTC.</param>
/// <param name="Reason">The reason for the change, as text.</param>
/// <param name="Version">The writer's version of Azker.</param>
/// <param name="Fingerprint">The fingerprint of the webhook's secret, if one is set.</param>
/// <param name="IpAddress">The IP address of the webhook, if Telegram was given one.</param>
/// <param name="Certificate">The fingerprint of the webhook's certificate, if Telegram was given one.</param>
internal sealed record ReceiverRecord(
    int Schema,
    long Epoch,
    string Mode,
    string State,
    string Instance,
    string Host,
    DateTimeOffset Since,
    string Reason,
    string Version,
    string? Fingerprint,
    string? IpAddress,
    string? Certificate)
{
    internal const string ByWebhook = "webhook";
    internal const string ByPolling = "polling";

    /// <summary>The fingerprint of the registered webhook's URL, which may itself be a secret; <see langword="null"/> without one.</summary>
    public string? Target { get; init; }

    /// <summary>
    /// The fingerprints of the URLs that were registered before and that a later deployment has replaced. A guard whose URL is
    /// among them does not replace another URL with it.
    /// </summary>
    public IReadOnlyList<string> Superseded { get; init; } = [];

    /// <summary>The kinds of update that Telegram was asked for with the last <c>setWebhook</c>; <see langword="null"/> for none.</summary>
    public IReadOnlyList<string>? AllowedUpdates { get; init; }

    /// <summary>The kinds of update that the server had made of them, if it leaves out kinds that it does not know; otherwise <see langword="null"/>.</summary>
    public IReadOnlyList<string>? ServedUpdates { get; init; }

    /// <summary>When the last failback to the webhook was, UTC; <see langword="null"/> for never.</summary>
    public DateTimeOffset? FailedBackAt { get; init; }

    /// <summary>How many times in a row the webhook failed soon after a failback.</summary>
    public int Flaps { get; init; }
}
