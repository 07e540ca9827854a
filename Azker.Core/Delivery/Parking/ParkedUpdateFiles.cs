using System.Globalization;
using System.Runtime.CompilerServices;
using Azker.Core.Configuration;
using Azker.Core.Infrastructure;

namespace Azker.Core.Delivery.Parking;

/// <summary>Stores each parked update as a file <c>{DATA_DIR}/parked/{bot id}/{update_id}.json</c>.</summary>
internal sealed class ParkedUpdateFiles(AzkerOptions options) : IParkedUpdateStore
{
    private const string Suffix = ".json";

    private readonly string _directory = Path.Combine(
        options.Storage.DataDirectory, "parked", options.Bot.Token.BotId.ToString(CultureInfo.InvariantCulture));

    public string Location => _directory;

    public Task AddAsync(ParkedUpdate update, CancellationToken cancellationToken) =>
        File.Exists(PathOf(update.UpdateId)) ? Task.CompletedTask : WriteAsync(update, cancellationToken);

    public Task WriteAsync(ParkedUpdate update, CancellationToken cancellationToken) => RunAsync(() =>
    {
        Directory.CreateDirectory(_directory);
        AtomicFile.Write(PathOf(update.UpdateId), update.ToBytes());
        return Task.FromResult(true);
    });

    public async IAsyncEnumerable<ParkedUpdate> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (int updateId in ListIdsAsync(cancellationToken))
        {
            if (await FindAsync(updateId, cancellationToken) is { } update)
            {
                yield return update;
            }
        }
    }

    public async IAsyncEnumerable<int> ListIdsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string[] paths = await RunAsync(() => Task.FromResult(Directory.Exists(_directory) ? Directory.GetFiles(_directory, "*" + Suffix) : []));
        foreach (string path in paths)
        {
            if (int.TryParse(Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture, out int updateId))
            {
                yield return updateId;
            }
        }
    }

    public Task<ParkedUpdate?> FindAsync(int updateId, CancellationToken cancellationToken) => RunAsync(async () =>
    {
        try
        {
            return ParkedUpdate.Parse(updateId, await File.ReadAllBytesAsync(PathOf(updateId), cancellationToken));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    });

    public Task RemoveAsync(int updateId, CancellationToken cancellationToken) => RunAsync(() =>
    {
        if (Directory.Exists(_directory))
        {
            File.Delete(PathOf(updateId));
        }

        return Task.FromResult(true);
    });

    private string PathOf(int updateId) => Path.Combine(_directory, updateId.ToString(CultureInfo.InvariantCulture) + Suffix);

    private async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            throw new ParkingException($"The parked updates in {_directory} cannot be read or written: {error.Message.TrimEnd('.')}. Check the disk space and the permissions there.", error);
        }
    }
}
