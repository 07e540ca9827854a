using Azker.Demo.Measurements;

namespace Azker.Demo.Story.Steps;

/// <summary>Waits for the last answers, at most 10 s; the summary counts a message without an answer as lost.</summary>
internal sealed class LetUsersFinish : IStep
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        stage.Journal.Act("The users stop, and wait for their last answers");
        stage.Users.End();
        TimeSpan end = stage.Clock.Elapsed + Patience;
        while (!IsSettled(stage) && stage.Clock.Elapsed < end)
        {
            await Task.Delay(Interval, stage.Clock.Time, cancellationToken);
        }

        if (IsSettled(stage))
        {
            stage.Journal.Note("All messages are answered and confirmed to the stand-in");
        }
    }

    private static bool IsSettled(Stage stage) =>
        stage.Users.IsQuiet
        && stage.Observer.Latest is { Statistics.Pending: 0 } observation
        && observation.Updates.Count == stage.Users.Questions.Count
        && ChatExchange.Of(observation, stage.Users.Questions).All(exchange => exchange.IsAnswered);
}
