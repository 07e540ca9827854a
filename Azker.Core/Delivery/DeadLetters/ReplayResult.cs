namespace Azker.Core.Delivery.DeadLetters;

/// <summary>The result of the replay of a dead letter.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Why">
/// The fault, without secrets; <see langword="null"/> without a fault. For a handled update: why its dead letter was not
/// removed.
/// </param>
internal readonly record struct ReplayResult(ReplayOutcome Outcome, string? Why = null);
