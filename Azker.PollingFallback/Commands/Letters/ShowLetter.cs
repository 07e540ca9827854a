using Azker.Core.Delivery;

namespace Azker.PollingFallback.Commands.Letters;

/// <summary><c>dead-letters show</c>.</summary>
internal static class ShowLetter
{
    public static async Task<int> RunAsync(LettersSession session, string id, bool json, bool raw)
    {
        StoredDeadLetter letter = await session.FindAsync(id);
        ReadOnlyMemory<byte> update = await session.Letters.ReadAsync(letter, session.StoppingToken)
            ?? throw new NoSuchLetterException(id, [], session.Letters.Place);
        if (json)
        {
            await Console.Out.WriteLineAsync(letter.ToJson(update));
            return ExitCode.Stopped;
        }

        if (raw)
        {
            await using Stream output = Console.OpenStandardOutput();
            await output.WriteAsync(update, session.StoppingToken);
            return ExitCode.Stopped;
        }

        await Console.Out.WriteLineAsync($"{LetterText.Of(letter)}\n\n{LetterText.Of(update)}");
        return ExitCode.Stopped;
    }
}
