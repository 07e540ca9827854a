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
        if (path is null)
        {
            await WriteAsync(session, Console.Out);
            return ExitCode.Stopped;
        }

        int count = await OutputFile.WriteAsync(path, writer => WriteAsync(session, writer));
        await Console.Out.WriteLineAsync(Texts.FormatDeadLettersExported(DeadLetterText.Count(count), path));
        return ExitCode.Stopped;
    }

    private static async Task<int> WriteAsync(DeadLetterSession session, TextWriter writer)
    {
        int count = 0;
        await foreach (StoredDeadLetter letter in session.DeadLetters.ListAsync(session.StoppingToken))
        {
            // A replay may have removed the dead letter since it was listed.
            if (await session.DeadLetters.ReadAsync(letter, session.StoppingToken) is { } raw)
            {
                await writer.WriteLineAsync(letter.ToJson(raw).AsMemory(), session.StoppingToken);
                count++;
            }
        }

        return count;
    }
}
