using Azker.Core.Delivery.DeadLetters;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Delivery.DeadLetters;

public sealed class DeadLetterFilesTests : DeadLetterStoreContract, IDisposable
{
    private readonly TempDirectory _data = new();

    private protected override IDeadLetterStore Store => new DeadLetterFiles(TestOptions.Local(_data.FullPath));

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_dead_letter_whose_reason_is_gone_or_broken_is_still_listed()
    {
        await Store.AddAsync("17-ab", "raw"u8.ToArray(), Letter, Token);
        await Store.AddAsync("18-ab", "raw"u8.ToArray(), Letter, Token);
        File.Delete(_data["dead-letters/1/17-ab.reason.json"]);
        await File.WriteAllTextAsync(_data["dead-letters/1/18-ab.reason.json"], "{", Token);

        Assert.All(await List(), letter => Assert.StartsWith("The reason is unknown", letter.Letter.Reason, StringComparison.Ordinal));
        Assert.Equal(2, await Store.CountAsync(Token));
    }

    [Fact]
    public async Task A_partial_file_of_a_crash_is_no_dead_letter_and_blocks_nothing()
    {
        await Store.AddAsync("17-ab", "raw"u8.ToArray(), Letter, Token);
        File.Move(_data["dead-letters/1/17-ab.json"], _data["dead-letters/1/17-ab.json.0123.tmp"]);

        Assert.Empty(await List());
        Assert.Equal(0, await Store.CountAsync(Token));
        Assert.True(await Store.AddAsync("17-ab", "raw"u8.ToArray(), Letter, Token));
        Assert.Single(await List());
    }

    [Fact]
    public async Task A_directory_that_cannot_be_written_is_reported_with_its_path_and_the_remedy()
    {
        await File.WriteAllTextAsync(_data["dead-letters"], "in the way", Token);

        DeadLetterException error = await Assert.ThrowsAsync<DeadLetterException>(() => Store.AddAsync("17-ab", "raw"u8.ToArray(), Letter, Token));

        Assert.Contains(_data["dead-letters"], error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Check the disk space and the permissions there.", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsFull);
    }
}
