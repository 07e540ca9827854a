using System.Globalization;
using Azker.Core.Handling;
using Azker.Core.Handling.Errors;
using Azker.Core.Updates;
using Azker.Simulation.Invariants;
using Telegram.Bot;
using Telegram.Bot.Requests;

namespace Azker.Simulation.Instances;

/// <summary>The handler of one process: it behaves as the update's story says, and records its attempts in the journal, which no crash can reach.</summary>
internal sealed class SimulatedHandler(Bench bench, InstanceProcess process, IReadOnlyList<string> subjects, ITelegramBotClient client) : IBotHandler
{
    public bool Accepts(ReceivedUpdate update) => true;

    public async Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        UpdateStory story = bench.Journal[update.Id];
        HandlerAttempt attempt = bench.Journal.Begin(update.Id, new HandlerAttempt(process.Thread.Name, subjects, bench.World.Now) { HasRightClock = process.Clock.Skew == TimeSpan.Zero });
        if (process.Ledger.NeedsLock(update.Id))
        {
            bench.Receivers.Handles(process.Thread, update.Id, attempt);
        }

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
        catch (Exception error)
        {
            var found = ErrorClass.Of(error);
            state = StateOf(found.Kind);
            story.AskToWait(bench.World.Now, found.RetryAfter);
            throw;
        }
        finally
        {
            bench.Journal.End(update.Id, attempt, state);
        }
    }

    private async Task WorkAsync(UpdateStory story, CancellationToken cancellationToken)
    {
        await Task.Delay(story.Behaviour.Duration, process.Clock, cancellationToken);
        if (story.Failures < story.Behaviour.Failures)
        {
            throw new InvalidOperationException("The handler fails, as the seed decides.");
        }

        if (story.Behaviour.Replies)
        {
            await client.SendRequest(new SendMessageRequest { ChatId = story.Chat, Text = story.Id.ToString(CultureInfo.InvariantCulture) }, cancellationToken);
        }
    }

    private static AttemptState StateOf(ErrorKind error) => error switch
    {
        ErrorKind.Refused => AttemptState.Refused,
        ErrorKind.Throttled => AttemptState.Throttled,
        ErrorKind.Outage => AttemptState.Outage,
        ErrorKind.AnswerLost => AttemptState.AnswerLost,
        _ => AttemptState.Failed,
    };
}
