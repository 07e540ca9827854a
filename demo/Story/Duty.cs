namespace Azker.Demo.Story;

/// <summary>What a console is there for.</summary>
internal enum Duty
{
    /// <summary>It serves the webhook itself.</summary>
    ServesWebhook,

    /// <summary>It polls when the webhook does not receive.</summary>
    FallsBack,

    /// <summary>It only polls.</summary>
    Polls,
}
