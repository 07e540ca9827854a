using System.Globalization;
using System.Runtime.CompilerServices;
using Azker.Core.Configuration;
using Azker.Core.Hosting;
using Azker.Core.Locking;
using Azker.Core.Locking.PidFile;
using Azker.PollingFallback.Language;
using Microsoft.Extensions.Logging.Abstractions;

namespace Azker.PollingFallback.Diagnosis;

/// <summary>Checks the data directory of a bot without a storage account: its free space, and whether OS locks work in it.</summary>
internal sealed class DirectoryChecks(AzkerBot bot)
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>The database of the ledger needs room to grow and for its journal.</summary>
    private const long Enough = 100 * Megabyte;
    private const long TooLittle = 5 * Megabyte;

    private readonly string _directory = bot.Options.Storage.DataDirectory;

    public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return CheckSpace();
        yield return await CheckLockAsync(cancellationToken);
    }

    private Finding CheckSpace()
    {
        string existing = _directory;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
        {
            existing = parent;
        }

        long free = new DriveInfo(existing).AvailableFreeSpace;
        string text = Texts.FormatCheckSpace(_directory, (free / Megabyte).ToString(CultureInfo.InvariantCulture));
        return free >= Enough ? Finding.Ok("disk", text)
            : free >= TooLittle ? Finding.Warning("disk", text, Texts.CheckSpaceRemedy)
            : Finding.Problem("disk", text, Texts.CheckSpaceRemedy);
    }

    /// <summary>Takes, refuses, releases and takes again a lock in a directory of its own, so that a running instance is not disturbed.</summary>
    private async Task<Finding> CheckLockAsync(CancellationToken cancellationToken)
    {
        string directory = Path.Combine(_directory, $"doctor-{Guid.NewGuid():N}");
        var options = new AzkerOptions { Bot = { Token = bot.Options.Bot.Token }, Storage = { DataDirectory = directory } };
        try
        {
            var first = new PidFileLock(options, TimeProvider.System, NullLogger<PidFileLock>.Instance);
            var second = new PidFileLock(options, TimeProvider.System, NullLogger<PidFileLock>.Instance);
            await using IInstanceLockHandle? held = await first.TryAcquireAsync(cancellationToken);
            await using IInstanceLockHandle? refused = await second.TryAcquireAsync(cancellationToken);
            return held is not null && refused is null
                ? Finding.Ok("lock", Texts.FormatCheckLockOk(_directory))
                : Finding.Problem("lock", Texts.FormatCheckLockFailed(_directory), Texts.CheckLockRemedy);
        }
        catch (InstanceLockException error)
        {
            return Finding.Problem("lock", Texts.FormatCheckLockFault(error.Message), Texts.CheckLockRemedy);
        }
        finally
        {
            Delete(directory);
        }
    }

    private static void Delete(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The directory was perhaps never created; a check leaves no more than an empty lock file behind.
        }
    }
}
