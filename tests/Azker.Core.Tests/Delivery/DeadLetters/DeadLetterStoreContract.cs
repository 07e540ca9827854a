using System.Text;
using Azker.Core.Delivery.DeadLetters;

namespace Azker.Core.Tests.Delivery.DeadLetters;

/// <summary>The contract of every store of dead letters.</summary>
public abstract class DeadLetterStoreContract
{
    private protected static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);

    private protected static readonly DeadLetter Letter = new()
    {
        UpdateId = 17,
        Kind = "message",
        Reason = "Its handler failed.",
        ErrorType = "System.InvalidOperationException",
        Error = "two  spaces, three   spaces, \"quotes\", a\ttab, two\r\nlines, سلام and 👋",
        Attempts = 5,
        FirstSeenAt = Now.AddSeconds(-15),
        LastAttemptAt = Now,
        GivenUpAt = Now,
    };

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected abstract IDeadLetterStore Store { get; }

    [Fact]
    public async Task Without_dead_letters_there_is_nothing_to_list_count_or_read()
    {
        Assert.Empty(await List());
        Assert.Equal(0, await Store.CountAsync(Token));
        Assert.Null(await Store.ReadAsync("17-ab", Token));
    }

    [Fact]
    public async Task A_dead_letter_is_kept_byte_for_byte_with_its_whole_reason()
    {
        byte[] raw = [.. Encoding.UTF8.GetBytes("{\"update_id\":17,\n \"message\":\t{\"text\":\"سلام 👋\"}} \r\n"), 0xFF, 0x00, 0xC3];

        Assert.True(await Store.AddAsync("17-ab", raw, Letter, Token));

        Assert.Equal(raw, (await Store.ReadAsync("17-ab", Token))!.Value.ToArray());
        Assert.Equal(new StoredDeadLetter("17-ab", Letter), Assert.Single(await List()));
    }

    [Fact]
    public async Task An_unknown_reason_stays_unknown()
    {
        var letter = new DeadLetter { Reason = "It is not an update.", GivenUpAt = Now };

        Assert.True(await Store.AddAsync("unreadable-ab", ReadOnlyMemory<byte>.Empty, letter, Token));

        Assert.Empty((await Store.ReadAsync("unreadable-ab", Token))!.Value.ToArray());
        Assert.Equal(letter, Assert.Single(await List()).Letter);
    }

    [Fact]
    public async Task A_dead_letter_never_replaces_another()
    {
        Assert.True(await Store.AddAsync("17-ab", "first"u8.ToArray(), Letter, Token));

        Assert.False(await Store.AddAsync("17-ab", "second"u8.ToArray(), Letter with { Reason = "Another." }, Token));

        Assert.Equal("first"u8.ToArray(), (await Store.ReadAsync("17-ab", Token))!.Value.ToArray());
        Assert.Equal(Letter, Assert.Single(await List()).Letter);
    }

    [Fact]
    public async Task The_same_dead_letter_added_many_times_at_once_is_kept_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Store.AddAsync("17-ab", "raw"u8.ToArray(), Letter, Token)));

        Assert.Equal(1, await Store.CountAsync(Token));
        Assert.Equal("raw"u8.ToArray(), (await Store.ReadAsync("17-ab", Token))!.Value.ToArray());
        Assert.Equal(Letter, Assert.Single(await List()).Letter);
    }

    [Fact]
    public async Task Dead_letters_are_listed_in_the_order_of_their_ids()
    {
        foreach (string id in new[] { "18-aa", "17-bb", "unreadable-aa", "17-aa" })
        {
            await Store.AddAsync(id, "raw"u8.ToArray(), Letter, Token);
        }

        Assert.Equal(["17-aa", "17-bb", "18-aa", "unreadable-aa"], (await List()).Select(letter => letter.Id));
        Assert.Equal(4, await Store.CountAsync(Token));
    }

    [Fact]
    public async Task The_reason_is_replaced_and_the_raw_JSON_is_not_touched()
    {
        await Store.AddAsync("17-ab", "raw"u8.ToArray(), Letter, Token);

        await Store.UpdateAsync("17-ab", Letter with { Attempts = 6 }, Token);

        Assert.Equal(6, Assert.Single(await List()).Letter.Attempts);
        Assert.Equal("raw"u8.ToArray(), (await Store.ReadAsync("17-ab", Token))!.Value.ToArray());
    }

    [Fact]
    public async Task A_removed_dead_letter_is_gone_and_a_late_update_does_not_restore_it()
    {
        await Store.AddAsync("17-ab", "raw"u8.ToArray(), Letter, Token);
        await Store.AddAsync("18-ab", "raw"u8.ToArray(), Letter, Token);

        await Store.RemoveAsync("17-ab", Token);
        await Store.RemoveAsync("17-ab", Token);
        await Store.UpdateAsync("17-ab", Letter, Token);

        Assert.Equal("18-ab", Assert.Single(await List()).Id);
        Assert.Null(await Store.ReadAsync("17-ab", Token));
        Assert.True(await Store.AddAsync("17-ab", "again"u8.ToArray(), Letter, Token));
    }

    [Fact]
    public async Task A_long_dead_letter_is_kept_whole()
    {
        byte[] raw = new byte[1024 * 1024];
        Random.Shared.NextBytes(raw);
        DeadLetter letter = Letter with { Kind = new string('ك', 64), ErrorType = new string('T', 200), Error = new string('خ', 800) };

        await Store.AddAsync("17-ab", raw, letter, Token);

        Assert.Equal(raw, (await Store.ReadAsync("17-ab", Token))!.Value.ToArray());
        Assert.Equal(letter, Assert.Single(await List()).Letter);
    }

    private protected async Task<List<StoredDeadLetter>> List()
    {
        List<StoredDeadLetter> letters = [];
        await foreach (StoredDeadLetter letter in Store.ListAsync(Token))
        {
            letters.Add(letter);
        }

        return letters;
    }
}
