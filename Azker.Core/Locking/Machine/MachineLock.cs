using System.Security.Cryptography;
using System.Text;
using Azker.Core.Configuration;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Locking.Machine;

/// <summary>
/// Adds to a receiver lock that one instance on this machine receives the updates of a bot, whichever data directory, user or storage
/// account it uses. Two instances with different receiver locks would otherwise poll against each other.
/// </summary>
/// <remarks>
/// The receiver lock is taken first and released last, so that instances that share it wait for it alone. Instances of one storage
/// account are a group: when a paused process of the group has lost the lease and still has the name of the machine, the next holder of
/// the lease does not wait for that process.
/// </remarks>
internal sealed partial class MachineLock(
    IInstanceLock inner, IMachineMarks marks, AzkerOptions options, TimeProvider timeProvider, ILogger<MachineLock> logger) : IInstanceLock
{
    private static readonly TimeSpan StandbyPoll = TimeSpan.FromMilliseconds(100);

    private readonly string _name = $"azker-{options.Bot.Token.BotId}-{Hash(options.Bot.ApiUrl.AbsoluteUri)}";
    private readonly string? _group = options.Storage.IsConfigured
        ? Hash($"{options.Storage.ConnectionString}{options.Storage.BlobServiceUri} {options.Lock.Container} {options.Lock.Name}")
        : null;

    /// <inheritdoc/>
    public async Task<IInstanceLockHandle?> TryAcquireAsync(CancellationToken cancellationToken) =>
        !IsHeldByStranger() && await inner.TryAcquireAsync(cancellationToken) is { } handle ? await TryTakeAsync(handle) : null;

    /// <inheritdoc/>
    public async Task<IInstanceLockHandle> AcquireAsync(Action<LockHolder?>? waitingFor, CancellationToken cancellationToken)
    {
        while (true)
        {
            await WaitForStrangerAsync(waitingFor, cancellationToken);
            if (await TryTakeAsync(await inner.AcquireAsync(waitingFor, cancellationToken)) is { } handle)
            {
                return handle;
            }
        }
    }

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<LockHolder?> GetHolderAsync(CancellationToken cancellationToken) =>
        await inner.GetHolderAsync(cancellationToken)
        ?? (IsHeldByStranger() && await marks.ReadAsync(_name, cancellationToken) is { } stranger ? stranger with { BotId = options.Bot.Token.BotId } : null);

    /// <summary>Whether an instance that does not share the receiver lock receives on this machine.</summary>
    private bool IsHeldByStranger() => marks.IsTaken(_name) && !IsOfGroup();

    private bool IsOfGroup() => _group is not null && marks.IsTaken($"{_name}-{_group}");

    private async Task WaitForStrangerAsync(Action<LockHolder?>? waitingFor, CancellationToken cancellationToken)
    {
        for (bool isReported = false; IsHeldByStranger(); isReported = true)
        {
            if (!isReported)
            {
                waitingFor?.Invoke(await GetHolderAsync(cancellationToken));
            }

            await Task.Delay(StandbyPoll, timeProvider, cancellationToken);
        }
    }

    private async Task<MachineLockHandle?> TryTakeAsync(IInstanceLockHandle handle)
    {
        LockHolder holder = handle.Holder with { DataDirectory = Path.GetFullPath(options.Storage.DataDirectory) };
        var claim = new MachineClaim(marks, _name, _group, holder, timeProvider);
        bool isTaken = false;
        try
        {
            isTaken = TryTake(claim) || IsOfGroup();
            return isTaken ? new MachineLockHandle(handle, claim) : null;
        }
        finally
        {
            if (!isTaken)
            {
                claim.Dispose();
                await handle.DisposeAsync();
            }
        }
    }

    /// <returns>Whether the machine has no other holder, as far as that can be known.</returns>
    private bool TryTake(MachineClaim claim)
    {
        try
        {
            return claim.TryTake();
        }
        catch (InstanceLockException error)
        {
            // The receiver lock is held, and protects the bot among all instances that share it.
            Log.NoMachineLock(logger, error.Message.TrimEnd('.'));
            return true;
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];

    private static partial class Log
    {
        [LoggerMessage(1351, LogLevel.Warning,
            "{Reason}. A start of this bot from another directory is not refused: give all instances of the bot on this machine one DATA_DIR.")]
        public static partial void NoMachineLock(ILogger logger, string reason);
    }
}
