using System.Globalization;
using Azker.Core.Handling;
using Azker.Core.Updates;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace Azker.TestBot;

/// <summary>Obeys the first word of a message, so that a test decides what the handlers of a real process do.</summary>
/// <remarks>
/// <c>hold</c> waits until the file <c>release</c> exists in the working directory, and <c>slow 500</c> waits 500 ms; both are recorded in
/// the journal. <c>fail</c> throws. <c>quiet</c> does nothing. All but the last two answer with the text of the message.
/// </remarks>
internal sealed class ScriptedHandler(ITelegramBotClient client, Journal journal, TimeProvider timeProvider) : IBotHandler
{
    private const string ReleaseFile = "release";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public bool Accepts(ReceivedUpdate update) => update.Update.Message?.Text is not null;

    public async Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        Message message = update.Update.Message!;
        string[] words = message.Text!.Split(' ');
        switch (words[0])
        {
            case "quiet":
                return;
            case "fail":
                throw new InvalidOperationException("The message asks for a failure.");
            case "hold":
                await RecordAsync(update, () => WaitForReleaseAsync(cancellationToken));
                break;
            case "slow":
                TimeSpan length = TimeSpan.FromMilliseconds(int.Parse(words[1], CultureInfo.InvariantCulture));
                await RecordAsync(update, () => Task.Delay(length, timeProvider, cancellationToken));
                break;
        }

        await client.SendMessage(message.Chat.Id, message.Text, cancellationToken: cancellationToken);
    }

    private async Task RecordAsync(ReceivedUpdate update, Func<Task> work)
    {
        long chatId = update.Update.Message!.Chat.Id;
        journal.Write("begin", chatId, update.Id);
        await work();
        journal.Write("end", chatId, update.Id);
    }

    private async Task WaitForReleaseAsync(CancellationToken cancellationToken)
    {
        while (!File.Exists(ReleaseFile))
        {
            await Task.Delay(Interval, timeProvider, cancellationToken);
        }
    }
}
