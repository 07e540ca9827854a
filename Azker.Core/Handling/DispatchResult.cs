namespace Azker.Core.Handling;

/// <summary>How the handling of one update ended.</summary>
internal enum DispatchOutcome
{
    /// <summary>A handler handled the update, or no handler accepts the update.</summary>
    Handled,

    /// <summary>The handler threw.</summary>
    Failed,

    /// <summary>The handler did not end within <c>HANDLER_TIMEOUT</c>.</summary>
    TimedOut,

    /// <summary>The update does not fit the Bot API's types; a later attempt cannot succeed.</summary>
    Unreadable,

    /// <summary>Another handler cancelled the handler (<see cref="IRunningUpdates.Cancel"/>); the update is not tried again.</summary>
    CancelledByBot,

    /// <summary>The caller's token was cancelled first; the update is not settled.</summary>
    Cancelled,
}

/// <summary>How the handling of one update ended, and why.</summary>
/// <param name="Outcome">How the handling ended.</param>
/// <param name="Error">The exception that ended the handling, if any.</param>
/// <param name="Reply">The Bot API request that the handler gave to <see cref="WebhookReply"/>, as JSON; empty for none.</param>
internal readonly record struct DispatchResult(DispatchOutcome Outcome, Exception? Error = null, ReadOnlyMemory<byte> Reply = default);
