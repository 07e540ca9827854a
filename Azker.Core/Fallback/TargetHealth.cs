namespace Azker.Core.Fallback;

/// <summary>What the program behind the webhook's URL says of itself.</summary>
internal enum TargetState
{
    /// <summary>It answers that the bot's updates are received, or would be if Telegram called it.</summary>
    Healthy,

    /// <summary>It, or the proxy before it, answers that they are not.</summary>
    Unhealthy,

    /// <summary>No answer that says anything. The program may be well all the same: Telegram takes another way to it.</summary>
    Unknown,
}

/// <summary>What the program behind the webhook's URL says of itself, and, unless it is well, why, in words without secrets.</summary>
internal readonly record struct TargetHealth(TargetState State, string? Reason = null);
