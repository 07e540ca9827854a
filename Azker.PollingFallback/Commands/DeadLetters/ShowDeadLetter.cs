using Azker.Core.Delivery.DeadLetters;

namespace Azker.PollingFallback.Commands.DeadLetters;

/// <summary><c>dead-letters show</c>.</summary>
internal static class ShowDeadLetter
{
    public static async Task<int> RunAsync(DeadLetterSession session, string id, bool json, bool raw)
    {
        StoredDeadLetter letter = await session.FindAsync(id);
        ReadOnlyMemory<byte> update = await session.DeadLetters.ReadAsync(letter, session.StoppingToken)
            ?? throw new NoSuchDeadLetterException(id, [], session.DeadLetters.Location);
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

        await Console.Out.WriteLineAsync($"{DeadLetterText.Of(letter)}\n\n{DeadLetterText.Of(update)}");
        return ExitCode.Stopped;
    }
}
