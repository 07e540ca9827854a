using Azker.Conventions.Tests.Shared;

namespace Azker.Conventions.Tests.Words;

public class PageProseTests
{
    [Fact]
    public void Code_is_left_out_and_every_part_starts_a_sentence()
    {
        const string page =
            """
            # What is where

            Runs `dotnet
            test` and [reads](https://example.com/what).

            ```sh
            What is done
            ```
            - **an item**
            | a cell | another |
            """;

        Assert.Equal(
            "¶§What is where\n¶¶\nRuns code\n and [reads].\n¶\n¶\n¶\n¶\n- ¶an item\n|¶ a cell |¶ another |¶",
            PageProse.Of(new RepositoryFile("docs/page.md"), page).Text);
    }

    [Fact]
    public void A_heading_is_no_sentence() =>
        Assert.Empty(ForbiddenWord.In(PageProse.Of(new RepositoryFile("docs/page.md"), "# What is where\n")));
}
