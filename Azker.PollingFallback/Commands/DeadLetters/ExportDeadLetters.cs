using Azker.Core.Delivery.DeadLetters;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;

namespace Azker.PollingFallback.Commands.DeadLetters;

/// <summary><c>dead-letters export</c>.</summary>
internal static class ExportDeadLetters
{
    /// <param name="session">The session.</param>
    /// <param name="path">The file; <see langword="null"/> for the standard output.</param>
    public static async Task<int> RunAsync(DeadLetterSession session, string? path)
    {
        List<StoredDeadLetter> letters = await session.DeadLetters.ListAsync(session.StoppingToken).ToListAsync(session.StoppingToken);
        if (path is null)
        {
            await WorkProgress.RunAsync(letters.Count, progress => WriteAsync(session, letters, progress.WriteAsync, progress));
            return ExitCode.Stopped;
        }

        int count = await OutputFile.WriteAsync(
            path, writer => WorkProgress.RunAsync(letters.Count, progress => WriteAsync(session, letters, writer.WriteLineAsync, progress)));
        await Console.Out.WriteLineAsync(Texts.FormatDeadLettersExported(DeadLetterText.Count(count), path));
        return ExitCode.Stopped;
    }

    private static async Task<int> WriteAsync(DeadLetterSession session, IEnumerable<StoredDeadLetter> letters, Func<string, Task> write, WorkProgress progress)
    {
        int count = 0;
        foreach (StoredDeadLetter letter in letters)
        {
            // A replay may have removed the dead letter since it was listed.
            if (await session.DeadLetters.ReadAsync(letter, session.StoppingToken) is { } raw)
            {
                await write(letter.ToJson(raw));
                count++;
            }

            await progress.StepAsync();
        }

        return count;
    }
}
