namespace Azker.Demo.Story;

/// <summary>One thing that happens in the story.</summary>
internal interface IStep
{
    /// <exception cref="DemoFailedException">It did not happen as told.</exception>
    Task PlayAsync(Stage stage, CancellationToken cancellationToken);
}
