namespace Azker.Chaos.Scripts;

/// <summary>Whom it hits.</summary>
internal enum Victim
{
    /// <summary>The console that serves the webhook.</summary>
    Webhook,

    FallbackA,

    FallbackB,

    Guard,

    /// <summary>Whoever receives at that moment.</summary>
    Receiver,

    Everybody,
}
