using Azker.Core.Delivery.Ledger;
using Azker.Core.Tests.Locking.BlobLease;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Delivery.Ledger;

public sealed class TableExpiryTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const int PageSize = 10;
    private const int Newest = 100_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(25.1);

    private readonly SkewedTimeProvider _clock = new(new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
    private TableService _service = null!;
    private TableLedger _ledger = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _service = new TableService(await azurite.Server);
        _ledger = new TableLedger(_service.CreateClient(), _clock);
    }

    public ValueTask DisposeAsync()
    {
        _service.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Rows_are_found_by_their_keys_and_not_by_a_column_without_an_index()
    {
        await Settle(1, 30);
        Pass();
        await Settle(Newest, 30);

        await Expire(Newest);

        Assert.NotEmpty(_service.Queries);
        Assert.All(_service.Queries, query => Assert.DoesNotContain("Timestamp lt", query, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Old_rows_are_removed_and_the_rows_of_the_last_day_stay()
    {
        await Settle(1, 35);
        await Settle(5000, 5);
        Pass();
        await Settle(5005, 30);

        await Expire(5034);

        Assert.Equal(Enumerable.Range(5005, 30), await Rows());
    }

    [Fact]
    public async Task A_row_that_was_written_late_stays_and_the_old_rows_around_it_are_removed()
    {
        await Settle(1, 12);
        await Settle(14, 12);
        Pass();
        await Settle(13, 1);

        await Expire(Newest);

        Assert.Equal([13], await Rows());
    }

    [Fact]
    public async Task A_run_with_nothing_to_remove_reads_one_page_in_each_direction()
    {
        await Settle(1, 50);

        await Expire(50);

        Assert.Equal(2, _service.Queries.Count);
        Assert.Equal(50, (await Rows()).Count);
    }

    [Fact]
    public async Task Replays_of_today_do_not_keep_old_rows_in_the_table()
    {
        await Settle(1, 5);
        Pass();
        await Settle(~500, 25);
        await Settle(5000, 5);

        await Expire(5004);

        Assert.Equal(30, (await Rows()).Count);
        Assert.DoesNotContain(1, await Rows());
    }

    [Fact]
    public async Task Old_rows_are_removed_also_when_Telegram_has_begun_again_with_lower_ids()
    {
        await Settle(900_000_000, 5);
        Pass();
        await Settle(1, 30);

        await Expire(30);

        Assert.Equal(Enumerable.Range(1, 30), await Rows());
    }

    [Fact]
    public async Task The_ledger_knows_where_the_ids_of_today_are()
    {
        await Settle(1, 3);
        int before = _service.Queries.Count;

        await _ledger.ExpireAsync(Token);

        Assert.Equal(before + 1, _service.Queries.Count);
    }

    private Task Expire(int newest)
    {
        var client = _service.CreateClient();
        return new TableExpiry(client, new TableCalls(client, TimeSpan.FromSeconds(30), _clock), _clock, PageSize).RunAsync(newest, Token);
    }

    private void Pass() => (_service.Ahead, _clock.Skew) = (Lifetime, Lifetime);

    private async Task Settle(int first, int count)
    {
        foreach (int id in Enumerable.Range(first, count))
        {
            await _ledger.SettleAsync(await _ledger.ClaimAsync(id, null, Token), Token);
        }
    }

    private async Task<IReadOnlyList<int>> Rows() =>
        [.. await _service.CreateClient().QueryAsync<TableLedgerRow>(cancellationToken: Token).Select(row => int.Parse(row.RowKey)).ToListAsync(Token)];
}
