namespace Azker.Core.Delivery.DeadLetters;

/// <summary>How the replay of a dead letter ended, and why.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Why">
/// What went wrong, without secrets; <see langword="null"/> when nothing did. Of an update that was handled: why its letter
/// is still there.
/// </param>
internal readonly record struct ReplayResult(ReplayOutcome Outcome, string? Why = null);
