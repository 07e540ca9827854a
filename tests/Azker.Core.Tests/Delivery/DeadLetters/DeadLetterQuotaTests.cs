using Azker.Core.Configuration;
using Azker.Core.Delivery.DeadLetters;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Delivery.DeadLetters;

public sealed class DeadLetterQuotaTests : IDisposable
{
    private readonly TempDirectory _data = new();
    private readonly DeadLetterQuota _room;

    public DeadLetterQuotaTests() => _room = new DeadLetterQuota(
        new DeadLetterFiles(new StorageOptions { DataDirectory = _data.FullPath }), max: 2, new FakeTimeProvider());

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

    private Task<bool> Take() => _room.TryTakeAsync(TestContext.Current.CancellationToken);
}
