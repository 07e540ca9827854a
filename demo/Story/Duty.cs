namespace Azker.Demo.Story;

/// <summary>The task of a console.</summary>
internal enum Duty
{
    /// <summary>The console serves the webhook itself.</summary>
    ServesWebhook,

    /// <summary>The console polls when the webhook does not receive.</summary>
    FallsBack,

    /// <summary>The console only polls.</summary>
    Polls,
}
