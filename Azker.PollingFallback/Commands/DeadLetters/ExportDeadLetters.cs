using System.Text;
using Azker.Core.Delivery.DeadLetters;

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

        int count = await WriteFileAsync(session, path);
        await Console.Out.WriteLineAsync($"{DeadLetterText.Count(count)} written to {path}.");
        return ExitCode.Stopped;
    }

    private static async Task<int> WriteFileAsync(DeadLetterSession session, string path)
    {
        try
        {
            var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            try
            {
                await using var writer = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
                return await WriteAsync(session, writer);
            }
            catch
            {
                // A reader cannot tell a partial export from a complete export.
                File.Delete(path);
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ExportException(path, error);
        }
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
