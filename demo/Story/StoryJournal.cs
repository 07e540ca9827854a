namespace Azker.Demo.Story;

/// <summary>The lines of the story so far. Thread-safe.</summary>
internal sealed class StoryJournal(StoryClock clock)
{
    private readonly Lock _gate = new();
    private readonly List<JournalEntry> _entries = [];

    public IReadOnlyList<JournalEntry> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    /// <summary>Adds an act of the demo.</summary>
    public void Act(string text) => Add(new JournalEntry(clock.Elapsed, false, text));

    /// <summary>Adds an outcome that the demo has seen.</summary>
    public void Note(string text) => Add(new JournalEntry(clock.Elapsed, true, text));

    private void Add(JournalEntry entry)
    {
        lock (_gate)
        {
            _entries.Add(entry);
        }
    }
}
