namespace Azker.Chaos.Scripts;

/// <summary>The party that a trouble hits.</summary>
internal enum Victim
{
    /// <summary>The console that serves the webhook.</summary>
    Webhook,

    FallbackA,

    FallbackB,

    Guard,

    /// <summary>The party that receives at that moment.</summary>
    Receiver,

    Everybody,
}
