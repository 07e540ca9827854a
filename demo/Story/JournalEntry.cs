namespace Azker.Demo.Story;

/// <summary>A line of the story: what the demo does, or what came of it.</summary>
internal sealed record JournalEntry(TimeSpan At, bool IsOutcome, string Text);
