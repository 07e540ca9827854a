using Azker.Conventions.Tests.Shared;

namespace Azker.Conventions.Tests.Events;

public class EventPageTests
{
    /// <summary>The environment variable with which this test writes the page.</summary>
    private const string WriteVariable = "AZKER_WRITE_EVENTS";

    [Fact]
    public void The_page_of_log_messages_is_that_of_the_code()
    {
        string path = Path.Combine(Repository.Root, EventPage.Path);
        string page = EventPage.Write();
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
        {
            File.WriteAllText(path, page);
        }

        Assert.True(
            File.Exists(path) && File.ReadAllText(path).ReplaceLineEndings("\n") == page,
            $"{EventPage.Path} differs from the log messages of the code. Write it again: {WriteVariable}=1 dotnet test --project tests/Azker.Conventions.Tests");
    }
}
