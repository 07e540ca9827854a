namespace Azker.Demo.Story.Steps;

internal sealed record LetUsersChat(TimeSpan Duration) : IStep
{
    public Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        if (stage.Users.IsQuiet)
        {
            stage.Users.Begin();
            stage.Journal.Act("Users begin to chat: six alone with the bot, one in a group too");
        }

        return Task.Delay(Duration, stage.Clock.Time, cancellationToken);
    }
}
