namespace Azker.Demo.Story;

/// <summary>A line of the story: an act of the demo, or its outcome.</summary>
internal sealed record JournalEntry(TimeSpan At, bool IsOutcome, string Text);
