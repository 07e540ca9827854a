using Azker.BotApi.Polling;

namespace Azker.BotApi.Faults;

/// <summary>What to do to which calls. The oldest matching fault acts.</summary>
public sealed record Fault(FaultKind Kind)
{
    /// <summary>The method, in any case; null is every one.</summary>
    public string? Method { get; init; }

    /// <summary>The local port; null is every one.</summary>
    public int? Port { get; init; }

    /// <summary>The bot; null is every one.</summary>
    public long? Bot { get; init; }

    /// <summary>How many calls it acts on; null is until it is cleared.</summary>
    public int? Times { get; init; }

    /// <summary>For <see cref="FaultKind.Html"/>.</summary>
    public int Status { get; init; } = 502;

    /// <summary>In seconds, for <see cref="FaultKind.TooManyRequests"/>.</summary>
    public int RetryAfter { get; init; } = 1;

    /// <summary>For <see cref="FaultKind.Conflict"/>.</summary>
    public string Text { get; init; } = Conflicts.OtherGetUpdates;

    /// <summary>For <see cref="FaultKind.Delay"/>.</summary>
    public TimeSpan Delay { get; init; }

    internal bool Matches(long bot, string method, int port) =>
        (Bot is null || Bot == bot)
        && (Port is null || Port == port)
        && (Method is null || Method.Equals(method, StringComparison.OrdinalIgnoreCase));
}
