using System.Globalization;

namespace Azker.PollingFallback.Tests.Shared;

/// <summary>The journal of the bot for tests: which of its handlers began and ended, and when the test killed it.</summary>
internal sealed class BotJournal(string directory)
{
    private const string Killed = "killed";

    private readonly string _path = Path.Combine(directory, "journal");

    public IReadOnlyList<JournalLine> Lines => [.. Read().Where(line => line != Killed).Select(JournalLine.Parse)];

    /// <summary>The lines of each process in turn.</summary>
    public IReadOnlyList<IReadOnlyList<JournalLine>> Runs
    {
        get
        {
            List<List<JournalLine>> runs = [[]];
            foreach (string line in Read())
            {
                if (line == Killed)
                {
                    runs.Add([]);
                }
                else
                {
                    runs[^1].Add(JournalLine.Parse(line));
                }
            }

            return runs;
        }
    }

    /// <summary>How many handlers run in the present process.</summary>
    public int Running => Runs[^1].Sum(line => line.IsBegin ? 1 : -1);

    /// <summary>Writes that the process was killed, which has ended.</summary>
    public void Kill() => File.AppendAllText(_path, $"{Killed}\n");

    public void Release() => File.WriteAllText(Path.Combine(directory, "release"), "");

    private string[] Read()
    {
        if (!File.Exists(_path))
        {
            return [];
        }

        using var reader = new StreamReader(new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        string text = reader.ReadToEnd();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}

internal sealed record JournalLine(bool IsBegin, long ChatId, int UpdateId)
{
    public static JournalLine Parse(string line)
    {
        string[] words = line.Split(' ');
        return new JournalLine(words[0] == "begin", long.Parse(words[1], CultureInfo.InvariantCulture), int.Parse(words[2], CultureInfo.InvariantCulture));
    }
}
