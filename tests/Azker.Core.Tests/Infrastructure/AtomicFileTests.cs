using System.Runtime.Versioning;
using Azker.Core.Infrastructure;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Infrastructure;

[UnsupportedOSPlatform("windows")]
public sealed class AtomicFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string FilePath => _directory["file"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_file_is_written_and_replaced_whole()
    {
        AtomicFile.Write(FilePath, "long old content"u8);
        AtomicFile.Write(FilePath, "new"u8);

        Assert.Equal("new", await File.ReadAllTextAsync(FilePath, Token));
        Assert.Equal([FilePath], Directory.GetFiles(_directory.FullPath));
    }

    [Theory]
    [InlineData(RawFile.OwnerOnly)]
    [InlineData(RawFile.Readable)]
    public void A_file_has_the_given_permissions_and_not_those_of_the_old_file(UnixFileMode mode)
    {
        File.WriteAllText(FilePath, "old");
        File.SetUnixFileMode(FilePath, UnixFileMode.UserRead | UnixFileMode.OtherWrite);

        AtomicFile.Write(FilePath, "new"u8, mode);

        Assert.Equal(mode, File.GetUnixFileMode(FilePath));
    }

    [Fact]
    public void By_default_only_the_owner_can_read_a_file()
    {
        AtomicFile.Write(FilePath, "new"u8);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
    }

    [Fact]
    public async Task Nobody_sees_a_part_of_the_content()
    {
        byte[][] contents = [.. "ab"u8.ToArray().Select(letter => Enumerable.Repeat(letter, 1 << 20).ToArray())];
        AtomicFile.Write(FilePath, contents[0]);
        using var done = new CancellationTokenSource();
        Task writer = Task.Run(
            () =>
            {
                for (int round = 0; round < 50; round++)
                {
                    AtomicFile.Write(FilePath, contents[round % 2]);
                }

                done.Cancel();
            },
            Token);

        while (!done.IsCancellationRequested)
        {
            byte[] seen = await File.ReadAllBytesAsync(FilePath, Token);
            Assert.Contains(contents, content => content.AsSpan().SequenceEqual(seen));
        }

        await writer;
    }

    [Fact]
    public async Task Content_that_is_not_committed_leaves_the_old_content_and_no_temporary_file()
    {
        AtomicFile.Write(FilePath, "old"u8);

        using (AtomicFile file = AtomicFile.Create(FilePath))
        {
            RawFile.Write(file.Stream, "new"u8);
            Assert.Equal("old", await File.ReadAllTextAsync(FilePath, Token));
        }

        Assert.Equal("old", await File.ReadAllTextAsync(FilePath, Token));
        Assert.Equal([FilePath], Directory.GetFiles(_directory.FullPath));
    }

    [Fact]
    public void A_file_that_cannot_be_put_in_place_leaves_the_old_content_and_no_temporary_file()
    {
        Directory.CreateDirectory(FilePath);

        Assert.ThrowsAny<SystemException>(() => AtomicFile.Write(FilePath, "new"u8));

        Assert.Equal([FilePath], Directory.GetFileSystemEntries(_directory.FullPath));
    }

    [Fact]
    public async Task A_committed_file_stays_open_at_its_path()
    {
        using AtomicFile file = AtomicFile.Create(FilePath);
        RawFile.Write(file.Stream, "new"u8);

        await using FileStream stream = file.Commit();
        RawFile.Write(stream, "NEW"u8);

        Assert.Equal("NEW", await File.ReadAllTextAsync(FilePath, Token));
        Assert.Throws<IOException>(() => RawFile.Open(FilePath, FileMode.Open, FileAccess.Read, FileShare.None));
    }

    [Fact]
    public async Task The_temporary_file_of_a_crashed_writer_is_removed_and_nothing_else()
    {
        AtomicFile.Write(FilePath, "whole"u8);
        AtomicFile.Write(_directory["file2"], "whole"u8);
        await File.WriteAllTextAsync(AtomicFile.TemporaryOf(FilePath), "ha", Token);
        string other = AtomicFile.TemporaryOf(_directory["file2"]);
        await File.WriteAllTextAsync(other, "another writer's", Token);

        AtomicFile.RemoveLeftovers(FilePath);

        Assert.Equal(
            new[] { FilePath, _directory["file2"], other }.Order(StringComparer.Ordinal),
            Directory.GetFiles(_directory.FullPath).Order(StringComparer.Ordinal));
    }
}
