namespace Azker.Chaos.Scripts;

/// <summary>A kind of trouble.</summary>
internal enum Trouble
{
    /// <summary>The process gets SIGKILL, and starts again later.</summary>
    Kill,

    /// <summary>The process gets SIGTERM, and starts again later, as in a deployment.</summary>
    Restart,

    /// <summary>The process gets SIGSTOP, and SIGCONT later.</summary>
    Pause,

    /// <summary>The storage does not listen.</summary>
    StorageRefused,

    /// <summary>No byte reaches the storage or comes back.</summary>
    StorageBlackHole,

    /// <summary>The storage serves requests, and its answers are lost.</summary>
    StorageLosesReplies,

    /// <summary>The Bot API server cuts each connection before it serves the request.</summary>
    ApiRefused,

    /// <summary>The Bot API server answers 502.</summary>
    ApiErrors,

    /// <summary>The Bot API server neither serves nor answers a request.</summary>
    ApiHangs,

    /// <summary>The Bot API server serves requests, and its answers are cut off.</summary>
    ApiLosesReplies,

    /// <summary>The webhook does not listen.</summary>
    WebhookRefused,

    /// <summary>No byte reaches the webhook or comes back.</summary>
    WebhookBlackHole,

    /// <summary>The webhook handles updates, and its answers are lost.</summary>
    WebhookLosesReplies,
}
