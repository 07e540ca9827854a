using Azker.Core.Updates;
using Azker.Simulation.Invariants;
using Telegram.Bot;
using Telegram.Bot.Requests;

namespace Azker.Simulation.Instances;

/// <summary>The handler of one process: does what the update's story says, and notes it where no crash can reach.</summary>
internal sealed class SimulatedHandler(Journal journal, string process, IReadOnlyList<string> subjects, ITelegramBotClient client, TimeProvider timeProvider) : IUpdateHandler
{
    public bool Accepts(ReceivedUpdate update) => true;

    public async Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        UpdateStory story = journal[update.Id];
        HandlerAttempt attempt = journal.Begin(update.Id, process, subjects);
        var state = AttemptState.Failed;
        try
        {
            await WorkAsync(story, cancellationToken);
            state = AttemptState.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            state = AttemptState.Cancelled;
            throw;
        }
        finally
        {
            journal.End(update.Id, attempt, state);
        }
    }

    private async Task WorkAsync(UpdateStory story, CancellationToken cancellationToken)
    {
        await Task.Delay(story.Behaviour.Duration, timeProvider, cancellationToken);
        if (story.Failures < story.Behaviour.Failures)
        {
            throw new InvalidOperationException("The handler fails, as it was drawn.");
        }

        if (story.Behaviour.Replies)
        {
            await client.SendRequest(new SendMessageRequest { ChatId = 1, Text = "done" }, cancellationToken);
        }
    }
}
