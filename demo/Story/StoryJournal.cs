namespace Azker.Demo.Story;

/// <summary>The story as it is told. Thread-safe.</summary>
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

    /// <summary>The demo is about to do something.</summary>
    public void Act(string text) => Add(new JournalEntry(clock.Elapsed, false, text));

    /// <summary>It has been seen to happen.</summary>
    public void Note(string text) => Add(new JournalEntry(clock.Elapsed, true, text));

    private void Add(JournalEntry entry)
    {
        lock (_gate)
        {
            _entries.Add(entry);
        }
    }
}
