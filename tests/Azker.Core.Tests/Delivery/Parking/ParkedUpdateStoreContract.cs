using System.Text;
using Azker.Core.Delivery.Parking;

namespace Azker.Core.Tests.Delivery.Parking;

/// <summary>The contract of every store of parked updates.</summary>
public abstract class ParkedUpdateStoreContract
{
    private protected static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected abstract IParkedUpdateStore Store { get; }

    [Fact]
    public async Task Without_parked_updates_there_is_nothing_to_list_find_or_remove()
    {
        Assert.Empty(await Store.ListAsync(Token).ToListAsync(Token));
        Assert.Empty(await Store.ListIdsAsync(Token).ToListAsync(Token));
        Assert.Null(await Store.FindAsync(1, Token));
        await Store.RemoveAsync(1, Token);
    }

    [Fact]
    public async Task A_parked_update_is_stored_byte_for_byte_with_its_times()
    {
        byte[] raw = [.. Encoding.UTF8.GetBytes("{\"update_id\":17,\n \"message\":\t{\"text\":\"سلام 👋\"}} \r\n"), 0xFF, 0x00, 0xC3];

        await Store.AddAsync(Update(17) with { Raw = raw }, Token);

        ParkedUpdate found = (await Store.FindAsync(17, Token))!;
        Assert.Equal(raw, found.Raw.ToArray());
        Assert.Equal((17, Now), (found.UpdateId, found.ArrivedAt));
        Assert.Null(found.NotBefore);
    }

    [Fact]
    public async Task An_update_that_is_added_twice_keeps_the_time_of_its_next_attempt()
    {
        await Store.AddAsync(Update(17), Token);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        await Store.WriteAsync(Update(17) with { NotBefore = now.AddDays(1), StoredAt = now }, Token);

        await Store.AddAsync(Update(17), Token);

        Assert.InRange((await Store.FindAsync(17, Token))!.NotBefore!.Value, now.AddHours(23), now.AddHours(25));
    }

    [Fact]
    public async Task All_updates_are_listed_until_they_are_removed()
    {
        foreach (int id in new[] { 3, 1, 2 })
        {
            await Store.AddAsync(Update(id), Token);
        }

        await Store.RemoveAsync(2, Token);
        await Store.RemoveAsync(2, Token);

        Assert.Equal([1, 3], (await Store.ListIdsAsync(Token).ToListAsync(Token)).Order());
        Assert.Equal([1, 3], (await Store.ListAsync(Token).ToListAsync(Token)).Select(update => update.UpdateId).Order());
        Assert.Null(await Store.FindAsync(2, Token));
    }

    private protected static ParkedUpdate Update(int id) => new()
    {
        UpdateId = id,
        Raw = Encoding.UTF8.GetBytes($"{{\"update_id\":{id}}}"),
        ArrivedAt = Now,
        StoredAt = Now,
    };
}
