namespace Azker.Core.Webhook.Registration;

/// <summary>
/// Who last set how updates are received, and to what. It holds no secret and no token. Only the holder of the receiver
/// lock writes it.
/// </summary>
/// <param name="Schema">The version of this record's form: 1.</param>
/// <param name="Epoch">The epoch of the lock under which it was written.</param>
/// <param name="Mode">How updates are received: <c>webhook</c> or <c>polling</c>.</param>
/// <param name="State">What the receiver does: <c>receiving</c> or <c>released</c>.</param>
/// <param name="Instance">The writer's instance id.</param>
/// <param name="Host">The writer's host name.</param>
/// <param name="Since">When it was written, UTC.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Version">The writer's version of Azker.</param>
/// <param name="Fingerprint">The fingerprint of the webhook's secret, if one is set.</param>
/// <param name="IpAddress">The address that Telegram was told to connect to, if it was.</param>
/// <param name="Certificate">The fingerprint of the certificate that Telegram was given, if it was.</param>
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
    /// The fingerprints of the URLs that were registered before and have been replaced by a later deployment. A guard whose
    /// URL is among them does not register it in the place of another.
    /// </summary>
    public IReadOnlyList<string> Superseded { get; init; } = [];

    /// <summary>When a poller last gave the updates back to the webhook, UTC; <see langword="null"/> for never.</summary>
    public DateTimeOffset? FailedBackAt { get; init; }

    /// <summary>How many times in a row the webhook failed soon after that.</summary>
    public int Flaps { get; init; }
}
