namespace Azker.Demo.Story.Steps;

internal sealed record LetUsersChat(TimeSpan Duration) : IStep
{
    public Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        if (stage.Users.IsQuiet)
        {
            stage.Users.Begin();
            stage.Journal.Act("Six users start to chat with the bot; one of them also writes in a group");
        }

        return Task.Delay(Duration, stage.Clock.Time, cancellationToken);
    }
}
