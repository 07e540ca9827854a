namespace Azker.Demo.Story;

/// <summary>A step of the story.</summary>
internal interface IStep
{
    /// <exception cref="DemoFailedException">The step failed.</exception>
    Task PlayAsync(Stage stage, CancellationToken cancellationToken);
}
