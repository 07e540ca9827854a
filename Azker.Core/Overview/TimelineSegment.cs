namespace Azker.Core.Overview;

/// <summary>A part of the timeline in which one instance received.</summary>
/// <param name="Host">The machine; <see langword="null"/> when Telegram pushes to an instance that gives no sign of life.</param>
/// <param name="Pid">The process ID.</param>
/// <param name="Mode"><c>polling</c> or <c>webhook</c>.</param>
/// <param name="Since">When it began, UTC.</param>
/// <param name="Until">When it ended, UTC; <see langword="null"/> while it lasts.</param>
/// <param name="IsBroken">Whether the instance ended, or was replaced, without saying so: it was killed, or lost its network.</param>
internal sealed record TimelineSegment(string? Host, int? Pid, string Mode, DateTimeOffset Since, DateTimeOffset? Until, bool IsBroken);
