using Azker.BotApi.Updates;

namespace Azker.BotApi.Tests.Updates;

public sealed class AllowedUpdatesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("message")]
    [InlineData("[")]
    [InlineData("""{"a":1}""")]
    [InlineData("17")]
    [InlineData("null")]
    [InlineData("""["message",1]""")]
    [InlineData("""["message",null]""")]
    public void Anything_but_an_array_of_strings_changes_nothing(string argument) => Assert.Null(AllowedUpdates.Parse(argument));

    [Theory]
    [InlineData("[]")]
    [InlineData("""["nonsense"]""")]
    public void An_array_without_a_known_name_is_the_default_set(string argument) =>
        Assert.Equal(AllowedUpdates.Default, AllowedUpdates.Parse(argument));

    [Fact]
    public void Unknown_names_beside_known_ones_are_ignored_and_case_does_not_matter()
    {
        AllowedUpdates? allowed = AllowedUpdates.Parse("""["Callback_Query","nonsense","MESSAGE"]""");
        Assert.Equal(["message", "callback_query"], allowed!.Value.VisibleNames());
    }

    [Fact]
    public void The_default_set_is_all_but_three()
    {
        IEnumerable<string> missing = QueuedKinds.All.Where(kind => !AllowedUpdates.Default.Contains(kind)).Select(kind => kind.Name);
        Assert.Equal(["chat_member", "message_reaction", "message_reaction_count"], missing);
    }

    [Fact]
    public void Custom_types_are_not_shown() =>
        Assert.Equal(["poll"], AllowedUpdates.Parse("""["custom_event","custom_query","poll"]""")!.Value.VisibleNames());
}
