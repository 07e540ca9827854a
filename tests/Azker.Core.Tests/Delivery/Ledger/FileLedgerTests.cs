using System.Text;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Infrastructure;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Delivery.Ledger;

public sealed class FileLedgerTests : UpdateLedgerContract
{
    private readonly TempDirectory _data = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly SkewedTimeProvider _clock;
    private readonly RecordingLogger<FileLedger> _log = new();
    private readonly List<FileLedger> _ledgers = [];

    public FileLedgerTests() => _clock = new SkewedTimeProvider(_time);

    protected override bool Survives => true;

    private string FilePath => _data["updates-7.ledger"];

    private string[] Lines => File.ReadAllLines(FilePath);

    public override ValueTask DisposeAsync()
    {
        _ledgers.ForEach(ledger => ledger.Dispose());
        _data.Dispose();
        return base.DisposeAsync();
    }

    [Fact]
    public async Task The_file_is_opened_by_the_first_claim_and_open_only_while_an_update_is_in_flight()
    {
        using FileLedger other = Create();
        Assert.Empty(Directory.GetFiles(_data.FullPath));

        UpdateClaim claim = await Claim(1);
        UpdateLedgerException refusal = await Assert.ThrowsAsync<UpdateLedgerException>(() => other.ClaimAsync(1, null, Token).AsTask());
        Assert.Equal($"The ledger {FilePath} cannot be used: another process has it open while updates are in flight there.", refusal.Message);
        await Settle(claim);

        Assert.Equal(ClaimOutcome.Duplicate, (await other.ClaimAsync(1, null, Token)).Outcome);
    }

    [Fact]
    public async Task The_writes_of_another_process_are_read()
    {
        using FileLedger other = Create();
        await Settle(await Claim(1));
        await other.SettleAsync(await other.ClaimAsync(2, null, Token), Token);
        await Settle(await Claim(3));

        await IsDuplicate(2);
        Assert.Equal(ClaimOutcome.Duplicate, (await other.ClaimAsync(3, null, Token)).Outcome);
    }

    [Fact]
    public async Task After_a_crash_the_updates_in_flight_can_be_claimed_at_once()
    {
        await Claim(1);

        IUpdateLedger next = await OpenAsync();

        Assert.Equal(2, (await next.ClaimAsync(1, null, Token)).Attempt);
        Assert.Equal(3, Assert.Single(_log.Entries).EventId);
    }

    [Fact]
    public async Task A_claim_of_a_dead_process_cannot_settle_the_update_of_the_next_process()
    {
        UpdateClaim dead = await Claim(1);
        IUpdateLedger next = await OpenAsync();
        UpdateClaim current = await next.ClaimAsync(1, null, Token);

        await Assert.ThrowsAsync<UpdateLedgerException>(() => Settle(dead).AsTask());
        await next.ReleaseAsync(current, hasFailed: false, Token);

        Assert.False(await Settle(dead));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    public async Task A_torn_last_line_is_dropped_and_reported(int cut)
    {
        await Settle(await Claim(1));
        await Settle(await Claim(2));
        byte[] bytes = await File.ReadAllBytesAsync(FilePath, Token);
        await File.WriteAllBytesAsync(FilePath, bytes[..^cut], Token);

        IUpdateLedger next = await OpenAsync();

        Assert.Equal(ClaimOutcome.Duplicate, (await next.ClaimAsync(1, null, Token)).Outcome);
        Assert.Equal((ClaimOutcome.Claimed, 2), await Try(next, 2));
        Assert.Contains(_log.Entries, entry => entry.EventId == 1 && entry.Message.Contains("bytes are dropped", StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Entries, entry => entry.EventId == 2);
        await AllIsReadable();
    }

    [Fact]
    public async Task A_tail_of_zeros_that_a_power_failure_left_is_dropped_and_reported()
    {
        await Settle(await Claim(1));
        await File.AppendAllBytesAsync(FilePath, new byte[4096], Token);

        IUpdateLedger next = await OpenAsync();

        Assert.Equal((ClaimOutcome.Duplicate, 0), await Try(next, 1));
        Assert.Equal((ClaimOutcome.Claimed, 1), await Try(next, 2));
        Assert.Equal(1, Assert.Single(_log.Entries).EventId);
        await AllIsReadable();
    }

    [Fact]
    public async Task A_corrupt_middle_is_reported_and_copied_and_costs_no_other_line()
    {
        for (int id = 1; id <= 3; id++)
        {
            await Settle(await Claim(id));
        }

        string[] lines = Lines;
        int line = Array.FindIndex(lines, text => text.Contains("done 2", StringComparison.Ordinal));
        lines[line] = lines[line].Replace("done 2", "done 9", StringComparison.Ordinal);
        byte[] corrupt = Encoding.ASCII.GetBytes(string.Join('\n', lines) + "\n");
        await File.WriteAllBytesAsync(FilePath, corrupt, Token);

        IUpdateLedger next = await OpenAsync();

        Assert.Equal((ClaimOutcome.Duplicate, 0), await Try(next, 1));
        Assert.Equal((ClaimOutcome.Claimed, 2), await Try(next, 2));
        Assert.Equal((ClaimOutcome.Duplicate, 0), await Try(next, 3));
        Assert.Equal((ClaimOutcome.Claimed, 1), await Try(next, 9));
        string message = Assert.Single(_log.Entries, entry => entry.EventId == 2).Message;
        Assert.Contains($"1 of its lines, the first of them line {line + 1}", message, StringComparison.Ordinal);
        Assert.Equal(corrupt, await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(_data.FullPath, "*.corrupt-*")), Token));
        await AllIsReadable();
    }

    [Fact]
    public async Task A_file_of_a_later_version_is_left_alone()
    {
        await File.WriteAllBytesAsync(FilePath, LedgerRecord.ToLine("ledger 2 abc"), Token);

        UpdateLedgerException refusal = await Assert.ThrowsAsync<UpdateLedgerException>(() => Claim(1));

        Assert.Contains("Run the later version that wrote it.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(LedgerRecord.ToLine("ledger 2 abc"), await File.ReadAllBytesAsync(FilePath, Token));
    }

    [Fact]
    public async Task It_is_rewritten_before_it_grows_without_bound_and_forgets_the_oldest_but_never_an_update_in_progress()
    {
        await Claim(1);
        for (int id = 2; id <= 1500; id++)
        {
            await Settle(await Claim(id));
        }

        Assert.InRange(Lines.Length, 20, 1100);
        await IsBusy(1);
        await IsDuplicate(1500);
        await Claim(2);

        IUpdateLedger next = await OpenAsync();
        Assert.Equal((ClaimOutcome.Claimed, 2), await Try(next, 1));
        Assert.Equal((ClaimOutcome.Duplicate, 0), await Try(next, 1500));
    }

    [Fact]
    public async Task A_partial_rewrite_of_a_dead_process_is_ignored()
    {
        await Settle(await Claim(1));
        await File.WriteAllTextAsync(AtomicFile.TemporaryOf(FilePath), "half", Token);

        IUpdateLedger next = await OpenAsync();

        Assert.Equal((ClaimOutcome.Duplicate, 0), await Try(next, 1));
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_written_is_reported_and_used_as_soon_as_it_can()
    {
        await File.WriteAllTextAsync(_data["sub"], "in the way", Token);
        using var ledger = new FileLedger(TestOptions.Local(_data["sub"], 7), _clock, _log);

        UpdateLedgerException refusal = await Assert.ThrowsAsync<UpdateLedgerException>(() => ledger.ClaimAsync(1, null, Token).AsTask());
        Assert.StartsWith($"The ledger {_data["sub"]}", refusal.Message, StringComparison.Ordinal);
        File.Delete(_data["sub"]);

        Assert.Equal((ClaimOutcome.Claimed, 1), await Try(ledger, 1));
    }

    [Fact]
    public async Task Settling_at_the_same_time_loses_nothing()
    {
        UpdateClaim[] claims = await Task.WhenAll(Enumerable.Range(1, 200).Select(id => Task.Run(() => Claim(id), Token)));
        await Task.WhenAll(claims.Select(claim => Task.Run(async () => Assert.True(await Settle(claim)), Token)));

        LedgerContent content = LedgerContent.Read(await File.ReadAllBytesAsync(FilePath, Token));
        Assert.Equal(Enumerable.Range(1, 200), content.Last.Where(record => record.ToEntry().IsSettled).Select(record => record.UpdateId).Order());
    }

    protected override void Pass(TimeSpan time) => _time.Advance(time);

    protected override void SetClock(TimeSpan ahead) => _clock.Skew = ahead;

    /// <summary>Closes the files of the previous ledger, as the system does for a killed process.</summary>
    private protected override Task<IUpdateLedger> OpenAsync()
    {
        _ledgers.ForEach(ledger => ledger.Dispose());
        return Task.FromResult<IUpdateLedger>(Create());
    }

    private static async Task<(ClaimOutcome Outcome, int Attempt)> Try(IUpdateLedger ledger, int id)
    {
        UpdateClaim claim = await ledger.ClaimAsync(id, null, Token);
        return (claim.Outcome, claim.Attempt);
    }

    private FileLedger Create()
    {
        var ledger = new FileLedger(TestOptions.Local(_data.FullPath, 7), _clock, _log, capacity: 20);
        _ledgers.Add(ledger);
        return ledger;
    }

    private async Task AllIsReadable()
    {
        LedgerContent content = LedgerContent.Read(await File.ReadAllBytesAsync(FilePath, Token));
        Assert.NotEmpty(content.Generation);
        Assert.Equal(0, content.Torn);
        Assert.Empty(content.Corrupt);
    }
}
