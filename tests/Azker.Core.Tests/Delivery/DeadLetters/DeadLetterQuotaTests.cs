using Azker.Core.Delivery.DeadLetters;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Delivery.DeadLetters;

public sealed class DeadLetterQuotaTests : IDisposable
{
    private readonly TempDirectory _data = new();
    private readonly DeadLetterQuota _room;
    private readonly FakeTimeProvider _time = new();
    private readonly CountedStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public DeadLetterQuotaTests() => _room = new DeadLetterQuota(
        new DeadLetterFiles(TestOptions.Local(_data.FullPath)), max: 2, new FakeTimeProvider());

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_place_is_taken_while_its_dead_letter_is_being_written()
    {
        Assert.True(await Take());
        Assert.True(await Take());
        Assert.False(await Take());

        _room.Settle(isAdded: true);
        Assert.False(await Take());
    }

    [Fact]
    public async Task A_place_that_was_not_used_is_free_again()
    {
        Assert.True(await Take());
        Assert.True(await Take());

        _room.Settle(isAdded: false);

        Assert.True(await Take());
        Assert.False(await Take());
    }

    [Fact]
    public async Task Dead_letters_are_counted_at_the_start_and_not_again_for_each_addition()
    {
        DeadLetterQuota room = CountedRoom(max: 1000);

        for (int added = 0; added < 20; added++)
        {
            Assert.True(await Add(room));
            _time.Advance(TimeSpan.FromSeconds(11));
        }

        Assert.Equal(1, _store.Counts);
    }

    [Fact]
    public async Task Many_additions_at_once_count_once()
    {
        DeadLetterQuota room = CountedRoom(max: 1000);
        _store.Answer = new TaskCompletionSource();

        Task<bool>[] takes = [.. Enumerable.Range(0, 50).Select(_ => room.TryTakeAsync(Token))];
        _store.Answer.SetResult();

        Assert.All(await Task.WhenAll(takes), Assert.True);
        Assert.Equal(1, _store.Counts);
    }

    [Fact]
    public async Task The_additions_of_other_instances_are_seen_after_some_minutes()
    {
        DeadLetterQuota room = CountedRoom(max: 10);
        Assert.True(await Add(room));
        _store.Kept = 10;

        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.False(await room.TryTakeAsync(Token));
    }

    [Fact]
    public async Task At_the_limit_dead_letters_are_counted_again_after_a_minute_and_not_for_each_attempt()
    {
        DeadLetterQuota room = CountedRoom(max: 1);
        Assert.True(await Add(room));
        _store.Kept = 0;
        for (int attempt = 0; attempt < 50; attempt++)
        {
            Assert.False(await room.TryTakeAsync(Token));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(1, _store.Counts);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(await room.TryTakeAsync(Token));
        Assert.Equal(2, _store.Counts);
    }

    [Fact]
    public async Task A_count_that_failed_is_repeated()
    {
        DeadLetterQuota room = CountedRoom(max: 1);
        _store.Answer = new TaskCompletionSource();
        _store.Answer.SetException(new DeadLetterException("The store is down."));
        await Assert.ThrowsAsync<DeadLetterException>(() => room.TryTakeAsync(Token));
        _store.Answer = null;

        Assert.True(await room.TryTakeAsync(Token));
    }

    [Fact]
    public async Task A_removal_here_frees_a_place_without_another_count()
    {
        DeadLetterQuota room = CountedRoom(max: 1);
        Assert.True(await Add(room));

        room.Remove();

        Assert.True(await room.TryTakeAsync(Token));
        Assert.Equal(1, _store.Counts);
    }

    private static async Task<bool> Add(DeadLetterQuota room)
    {
        bool isTaken = await room.TryTakeAsync(Token);
        room.Settle(isAdded: true);
        return isTaken;
    }

    private DeadLetterQuota CountedRoom(int max) => new(_store, max, _time);

    /// <summary>A store that other instances use too, and that only counts.</summary>
    private sealed class CountedStore : IDeadLetterStore
    {
        public string Location => "here";

        public int Counts { get; private set; }

        public int Kept { get; set; }

        /// <summary>Holds the answer back until it is set; <see langword="null"/> for an answer at once.</summary>
        public TaskCompletionSource? Answer { get; set; }

        public async Task<int> CountAsync(CancellationToken cancellationToken)
        {
            Counts++;
            await (Answer?.Task ?? Task.CompletedTask);
            return Kept;
        }

        public string LocationOf(string id) => throw new NotSupportedException();

        public Task<bool> AddAsync(string id, ReadOnlyMemory<byte> raw, DeadLetter letter, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<StoredDeadLetter> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ReadOnlyMemory<byte>?> ReadAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task UpdateAsync(string id, DeadLetter letter, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private Task<bool> Take() => _room.TryTakeAsync(Token);
}
