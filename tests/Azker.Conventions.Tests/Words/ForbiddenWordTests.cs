using Azker.Conventions.Tests.Shared;

namespace Azker.Conventions.Tests.Words;

public class ForbiddenWordTests
{
    [Theory]
    [InlineData("falls", "when a handler's token falls")]
    [InlineData("falls", "Falls when the program ends.")]
    [InlineData("falls", "the caller's token fell first")]
    [InlineData("in hand", "the updates in\nhand")]
    [InlineData("done with", "An update that is done with stays so.")]
    [InlineData("done with", "What is done with is settled.")]
    [InlineData("anew", "The webhook was set anew.")]
    [InlineData("unwell", "The webhook is unwell.")]
    [InlineData("well", "All is well.")]
    [InlineData("well", "The server did not answer well.")]
    [InlineData("well", "It must be well before it gets them back.")]
    [InlineData("at work", "It is at work elsewhere.")]
    [InlineData("hand back", "the wait before a hand-back")]
    [InlineData("hand back", "The poller handed back.")]
    [InlineData("whoever", "Whoever has the lock polls.")]
    [InlineData("dwell", "the next dwell")]
    [InlineData("Who/What", "Who had to create the blob waits.")]
    [InlineData("Who/What", "It ends. What\nit holds is kept.")]
    public void A_forbidden_word_is_found(string word, string text) =>
        Assert.Contains($"[{word}; ", Assert.Single(Offences(text), offence => offence.Contains($"[{word}; ", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Theory]
    [InlineData("The polling falls back to the webhook, and no crash falls between the two.")]
    [InlineData("The fallback polls.")]
    [InlineData("Nothing is done with the call. The ledger decides what is done with it.")]
    [InlineData("It is tested as well, and well-formed, and well before the limit.")]
    [InlineData("Farewell, and a new well-known handle.")]
    [InlineData("Who receives now? What else?")]
    [InlineData("It knows who receives, and what is kept.")]
    public void Other_senses_of_a_word_are_not_found(string text) => Assert.Empty(Offences(text));

    [Fact]
    public void An_offence_names_the_file_the_line_and_the_text() =>
        Assert.Equal(
            "docs/page.md:8: [anew; say: again] and sets it anew.",
            Assert.Single(ForbiddenWord.In(new Prose(new RepositoryFile("docs/page.md"), 7, "¶It looks,\nand sets it anew."))));

    private static IEnumerable<string> Offences(string text) =>
        ForbiddenWord.In(new Prose(new RepositoryFile("docs/page.md"), 1, Prose.Start + text));
}
