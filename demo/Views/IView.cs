using Azker.Demo.Measurements;
using Azker.Demo.Story;

namespace Azker.Demo.Views;

internal interface IView
{
    /// <summary>Shows the story until it ends, and throws the exception of a story that fails.</summary>
    Task ShowAsync(Stage stage, Task story);

    void Conclude(DemoSummary summary);
}
