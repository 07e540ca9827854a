namespace Azker.Chaos.Scripts;

/// <summary>What can go wrong.</summary>
internal enum Trouble
{
    /// <summary>SIGKILL, and a new start later.</summary>
    Kill,

    /// <summary>SIGTERM, and a new start later, as a deployment has it.</summary>
    Restart,

    /// <summary>SIGSTOP, and SIGCONT later.</summary>
    Pause,

    /// <summary>Nobody listens where the storage should be.</summary>
    StorageRefused,

    /// <summary>Nothing comes through to the storage or back.</summary>
    StorageBlackHole,

    /// <summary>The storage does what it is asked to, and its answers are lost.</summary>
    StorageLosesReplies,

    /// <summary>The Bot API server cuts each connection before it does anything.</summary>
    ApiRefused,

    /// <summary>The Bot API server answers 502.</summary>
    ApiErrors,

    /// <summary>The Bot API server does nothing and answers nothing.</summary>
    ApiHangs,

    /// <summary>The Bot API server does what it is asked to, and its answers break off.</summary>
    ApiLosesReplies,

    /// <summary>Nobody listens where the webhook should be.</summary>
    WebhookRefused,

    /// <summary>Nothing comes through to the webhook or back.</summary>
    WebhookBlackHole,

    /// <summary>The webhook handles what it gets, and its answers are lost.</summary>
    WebhookLosesReplies,
}
