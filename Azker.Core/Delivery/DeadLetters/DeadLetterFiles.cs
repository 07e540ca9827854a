using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azker.Core.Configuration;
using Azker.Core.Infrastructure;

namespace Azker.Core.Delivery.DeadLetters;

/// <summary>
/// Keeps each dead letter as two files in <c>{DATA_DIR}/dead-letters/{bot id}</c>: the raw JSON and the reason. The raw JSON is written
/// last; with it the dead letter exists.
/// </summary>
internal sealed class DeadLetterFiles(AzkerOptions options) : IDeadLetterStore
{
    private const string Raw = ".json";
    private const string Reason = ".reason.json";

    private readonly string _directory = Path.Combine(
        options.Storage.DataDirectory, "dead-letters", options.Bot.Token.BotId.ToString(CultureInfo.InvariantCulture));

    public string Location => _directory;

    public string LocationOf(string id) => PathOf(id, Raw);

    public Task<bool> AddAsync(string id, ReadOnlyMemory<byte> raw, DeadLetter letter, CancellationToken cancellationToken) => RunAsync(() =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        Directory.CreateDirectory(_directory);
        if (File.Exists(PathOf(id, Raw)))
        {
            return Task.FromResult(false);
        }

        AtomicFile.Write(PathOf(id, Reason), ToJson(letter));
        AtomicFile.Write(PathOf(id, Raw), raw.Span);
        return Task.FromResult(true);
    });

    public async IAsyncEnumerable<StoredDeadLetter> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string id in await RunAsync(() => Task.FromResult(Ids())))
        {
            if (await RunAsync(() => FindAsync(id, cancellationToken)) is { } letter)
            {
                yield return new StoredDeadLetter(id, letter);
            }
        }
    }

    public Task<int> CountAsync(CancellationToken cancellationToken) => RunAsync(() => Task.FromResult(Ids().Count));

    public Task<ReadOnlyMemory<byte>?> ReadAsync(string id, CancellationToken cancellationToken) => RunAsync(async () =>
        await ReadFileAsync(PathOf(id, Raw), cancellationToken) is { } raw ? new ReadOnlyMemory<byte>(raw) : (ReadOnlyMemory<byte>?)null);

    public Task UpdateAsync(string id, DeadLetter letter, CancellationToken cancellationToken) => RunAsync(() =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        bool isThere = File.Exists(PathOf(id, Raw));
        if (isThere)
        {
            AtomicFile.Write(PathOf(id, Reason), ToJson(letter));
        }

        return Task.FromResult(isThere);
    });

    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) => RunAsync(() =>
    {
        bool isThere = File.Exists(PathOf(id, Raw));
        if (isThere)
        {
            File.Delete(PathOf(id, Raw));
            File.Delete(PathOf(id, Reason));
        }

        return Task.FromResult(isThere);
    });

    private string PathOf(string id, string suffix) => Path.Combine(_directory, id + suffix);

    private List<string> Ids() => Directory.Exists(_directory)
        ? [.. Directory.EnumerateFiles(_directory, "*" + Raw)
            .Select(path => Path.GetFileName(path))
            .Where(name => !name.EndsWith(Reason, StringComparison.Ordinal))
            .Select(name => name[..^Raw.Length])
            .Order(StringComparer.Ordinal)]
        : [];

    private async Task<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken)
    {
        byte[]? json = await ReadFileAsync(PathOf(id, Reason), cancellationToken);
        var raw = new FileInfo(PathOf(id, Raw));
        return !raw.Exists ? null : Parse(json) ?? DeadLetter.WithoutReason(raw.LastWriteTimeUtc);
    }

    private static DeadLetter? Parse(byte[]? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize(json, DeadLetterJsonContext.Default.DeadLetter);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] ToJson(DeadLetter letter) => JsonSerializer.SerializeToUtf8Bytes(letter, DeadLetterJsonContext.Default.DeadLetter);

    private static async Task<byte[]?> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            throw new DeadLetterException($"The dead letters in {_directory} cannot be read or written: {error.Message} Check the disk space and the permissions there.", error);
        }
    }
}
