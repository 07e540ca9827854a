using System.Globalization;
using Azker.Core.Configuration;
using Azker.Core.Infrastructure;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Delivery.Ledger;

/// <summary>
/// A ledger in <c>{DATA_DIR}/updates-{bot}.ledger</c>, for runs on one machine. The file is open only while updates are in
/// flight, so that a standby never blocks the receiver, and reads what another process wrote meanwhile.
/// </summary>
/// <remarks>
/// A settled update is on disk before it is confirmed to Telegram; updates that settle at the same time share a flush. A
/// claim or a failure is only passed to the system: a crash of the machine undoes it, and then Telegram sends the update
/// again anyway.
/// </remarks>
internal sealed partial class FileLedger : IUpdateLedger, IDisposable
{
    /// <summary>How many superfluous lines the file may have before it is rewritten.</summary>
    private const int MaxSuperfluousRecords = 1000;

    private readonly string _path;
    private readonly ILogger<FileLedger> _logger;
    private readonly LedgerBook _book;
    private readonly GroupCommit _commit;
    private readonly Lock _gate = new();

    /// <summary>The open file; <see langword="null"/> while no update is in flight.</summary>
    private LedgerFile? _file;

    /// <summary>The state of the file when it was last closed.</summary>
    private (string Generation, long Length, int Records) _closedAs = ("", 0, 0);

    /// <summary>How many settled updates wait for a flush.</summary>
    private int _flushing;

    /// <summary>Whether a write or a flush has failed. After that only a rewritten file can be trusted.</summary>
    private bool _isBroken;

    /// <param name="options">The data directory and the bot; each bot has a file of its own.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">Where torn and corrupt files are reported.</param>
    /// <param name="capacity">How many updates are remembered.</param>
    public FileLedger(AzkerOptions options, TimeProvider timeProvider, ILogger<FileLedger> logger, int capacity = LedgerBook.DefaultCapacity)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"updates-{options.Bot.Token.BotId}.ledger");
        (_path, _logger) = (Path.Combine(options.Storage.DataDirectory, name), logger);
        _book = new LedgerBook(timeProvider, capacity);
        _commit = new GroupCommit(Flush);
    }

    public ValueTask<UpdateClaim> ClaimAsync(int updateId, long? epoch, CancellationToken cancellationToken) => ValueTask.FromResult(WithFile(() =>
    {
        UpdateClaim claim = _book.Claim(updateId, epoch);
        try
        {
            if (claim.Outcome == ClaimOutcome.Claimed)
            {
                Write(updateId);
            }

            return claim;
        }
        catch
        {
            _book.Release(claim, hasFailed: false);
            throw;
        }
    }));

    public ValueTask<UpdateClaim?> RenewAsync(UpdateClaim claim, CancellationToken cancellationToken) =>
        ValueTask.FromResult(WithFile(() => _book.Renew(claim)));

    public async ValueTask<bool> SettleAsync(UpdateClaim claim, CancellationToken cancellationToken)
    {
        bool isSettled = WithFile(() =>
        {
            bool isSettled = _book.Settle(claim);
            if (isSettled)
            {
                Write(claim.UpdateId);
                _flushing++;
            }

            return isSettled;
        });
        if (isSettled)
        {
            await CommitAsync();
        }

        return isSettled;
    }

    public ValueTask<bool> ReleaseAsync(UpdateClaim claim, bool hasFailed, CancellationToken cancellationToken) => ValueTask.FromResult(WithFile(() =>
    {
        bool isFree = _book.Release(claim, hasFailed);
        if (isFree)
        {
            Write(claim.UpdateId);
        }

        return isFree;
    }));

    public Task ExpireAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        lock (_gate)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private T WithFile<T>(Func<T> work)
    {
        lock (_gate)
        {
            try
            {
                _file ??= Open();
                return work();
            }
            catch (Exception error) when (Fault(error) is { } fault)
            {
                throw fault;
            }
            finally
            {
                CloseIfIdle();
            }
        }
    }

    private async Task CommitAsync()
    {
        try
        {
            await _commit.CommitAsync();
        }
        catch (Exception error) when (Fault(error) is { } fault)
        {
            throw fault;
        }
        finally
        {
            lock (_gate)
            {
                _flushing--;
                CloseIfIdle();
            }
        }
    }

    private void Flush()
    {
        LedgerFile? file;
        lock (_gate)
        {
            file = _file;
        }

        try
        {
            file?.Flush();
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            lock (_gate)
            {
                // After a failed flush the system may regard lost pages as written, so another flush would prove nothing.
                _isBroken = true;
            }

            throw;
        }
    }

    private void Write(int updateId)
    {
        bool wasBroken = _isBroken;
        _isBroken = true;
        if (wasBroken || _file!.Records > (2 * _book.Count) + MaxSuperfluousRecords)
        {
            _file!.Rewrite(_book.Entries.Select(LedgerRecord.Of));
        }
        else
        {
            _file.Append(LedgerRecord.Of(_book.Find(updateId)!));
        }

        _isBroken = false;
    }

    private LedgerFile Open()
    {
        LedgerFile file = LedgerFile.Open(_path);
        try
        {
            if (!file.TryResume(_closedAs.Generation, _closedAs.Length, _closedAs.Records))
            {
                Load(file);
            }

            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private void Load(LedgerFile file)
    {
        LedgerContent? content = file.Read();
        IReadOnlyList<LedgerRecord> last = content?.Last ?? [];
        if (content?.Torn > 0)
        {
            Log.Torn(_logger, _path, content.Torn);
        }

        if (content?.Corrupt.Count > 0)
        {
            Log.Corrupt(_logger, _path, content.Corrupt.Count, content.Corrupt[0], content.Records, file.KeepCopy(content));
        }

        int unfinished = last.Count(record => record.IsClaim);
        if (unfinished > 0)
        {
            Log.Unfinished(_logger, unfinished);
        }

        // Unfinished updates are remembered longest.
        _book.Restore(last.OrderBy(record => record.IsClaim).Select(record => record.ToEntry()));
        if (content is null || content.Generation.Length == 0 || content.Corrupt.Count > 0)
        {
            file.Rewrite(_book.Entries.Select(LedgerRecord.Of));
        }
    }

    private void CloseIfIdle()
    {
        // After a failed write the file lacks what is known here.
        if (_file is { } file && _book.InProgress == 0 && _flushing == 0 && !_isBroken)
        {
            _closedAs = (file.Generation, file.Length, file.Records);
            file.Dispose();
            _file = null;
        }
    }

    private UpdateLedgerException? Fault(Exception error) => error switch
    {
        UpdateLedgerException fault => new UpdateLedgerException($"The ledger {_path} cannot be used: {fault.Message.TrimEnd('.')}.", fault.InnerException),
        _ when FileFault.Is(error) => new UpdateLedgerException(
            $"The ledger {_path} cannot be used: {error.Message.TrimEnd('.')}. Check the disk space and the permissions there.", error),
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The end of the ledger {Path} was cut off by a crash; its last {Bytes} bytes are dropped. The update that they describe may be handled again.")]
        public static partial void Torn(ILogger logger, string path, long bytes);

        [LoggerMessage(2, LogLevel.Error, "The ledger {Path} is corrupt: {Lines} of its lines, the first of them line {First}, differ from what was written. The {Records} good lines are kept; the updates of the corrupt lines may be handled again. A copy of the file is in {Copy}. Check the disk.")]
        public static partial void Corrupt(ILogger logger, string path, int lines, int first, int records, string copy);

        [LoggerMessage(3, LogLevel.Information, "{Updates} updates were in flight when the previous process ended. Each counts one more failed attempt.")]
        public static partial void Unfinished(ILogger logger, int updates);
    }
}
