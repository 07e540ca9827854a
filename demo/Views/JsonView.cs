using System.Text.Json;
using Azker.Demo.Measurements;
using Azker.Demo.Story;

namespace Azker.Demo.Views;

/// <summary>Prints the summary as one line of JSON, for programs.</summary>
internal sealed class JsonView : IView
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public Task ShowAsync(Stage stage, Task story) => story;

    public void Conclude(DemoSummary summary) => Console.WriteLine(JsonSerializer.Serialize(summary, Json));
}
