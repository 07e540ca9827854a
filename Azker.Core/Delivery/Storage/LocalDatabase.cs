using System.Globalization;
using Azker.Core.Configuration;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Delivery.Storage;

/// <summary>
/// The SQLite database <c>{DATA_DIR}/updates-{bot}.db</c> of a bot, for runs on one machine. Its first use opens it. Several
/// processes may use it at once.
/// </summary>
/// <remarks>
/// Work that comes while other work is written shares the next transaction and its flush, so a single caller never waits for
/// company. Work that needs no flush does not wait for a flush of work that came with it.
/// </remarks>
internal sealed class LocalDatabase : IDisposable
{
    /// <summary>How long work waits for a lock of another process.</summary>
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(2.5);

    private readonly LocalDatabaseFile _file;
    private readonly LocalSession _session;

    /// <summary>Guards the session.</summary>
    private readonly Lock _use = new();

    /// <summary>Guards the queue.</summary>
    private readonly Lock _gate = new();
    private List<LocalWork> _queue = [];
    private bool _isRunning;

    /// <param name="options">The data directory and the bot; each bot has a database of its own.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">Where a corrupt file is reported.</param>
    public LocalDatabase(AzkerOptions options, TimeProvider timeProvider, ILogger<LocalDatabase> logger)
        : this(options, timeProvider, logger, DefaultPatience)
    {
    }

    /// <summary>For tests, which wait less for a lock, or more.</summary>
    public LocalDatabase(AzkerOptions options, TimeProvider timeProvider, ILogger<LocalDatabase> logger, TimeSpan patience)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"updates-{options.Bot.Token.BotId}.db");
        _file = new LocalDatabaseFile(Path.GetFullPath(Path.Combine(options.Storage.DataDirectory, name)));
        _session = new LocalSession(_file, timeProvider, logger, patience);
    }

    public string FullPath => _file.FullPath;

    /// <summary>Whether this process has used the database.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_use)
            {
                return _session.IsOpen;
            }
        }
    }

    /// <summary>Runs work in a transaction, perhaps together with other work.</summary>
    /// <param name="work">The work. It may run again after it failed.</param>
    /// <param name="isDurable">Whether a crash of the machine must not undo it.</param>
    /// <param name="isAlone">
    /// Whether no other work is expected at this moment. Then it runs in the call if the database is idle, which saves a change of
    /// the thread.
    /// </param>
    /// <exception cref="LocalDatabaseException">The database cannot be used.</exception>
    public Task<T> RunAsync<T>(Func<LocalConnection, T> work, bool isDurable, bool isAlone = false)
    {
        var item = new LocalWork<T>(work, isDurable);
        if (!TryBegin(item, isAlone))
        {
            return item.Task;
        }

        if (isAlone)
        {
            Run([item]);
            End();
        }
        else
        {
            Schedule();
        }

        return item.Task;
    }

    /// <summary>Closes the file. A later use opens it again.</summary>
    public void Dispose()
    {
        lock (_use)
        {
            _session.Close();
        }
    }

    /// <returns>Whether the caller has to run the queue, or the work itself if it is alone.</returns>
    private bool TryBegin(LocalWork work, bool isAlone)
    {
        lock (_gate)
        {
            bool isIdle = !_isRunning;
            _isRunning = true;
            if (!isAlone || !isIdle)
            {
                _queue.Add(work);
            }

            return isIdle;
        }
    }

    /// <summary>The queue is left to another thread, so that work of other callers does not keep this caller.</summary>
    private void End()
    {
        lock (_gate)
        {
            _isRunning = _queue.Count > 0;
            if (!_isRunning)
            {
                return;
            }
        }

        Schedule();
    }

    private void Schedule() => ThreadPool.UnsafeQueueUserWorkItem(static database => database.RunQueue(), this, preferLocal: false);

    private void RunQueue()
    {
        while (TryTake(out List<LocalWork> batch))
        {
            Run(batch.FindAll(work => !work.IsDurable));
            Run(batch.FindAll(work => work.IsDurable));
        }
    }

    private bool TryTake(out List<LocalWork> batch)
    {
        lock (_gate)
        {
            (batch, _queue) = (_queue, []);
            return _isRunning = batch.Count > 0;
        }
    }

    private void Run(List<LocalWork> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            lock (_use)
            {
                _session.Transact(connection => batch.ForEach(work => work.Run(connection)), batch[0].IsDurable);
            }
        }
        catch (Exception error) when (error is LocalDatabaseException || batch.Count == 1)
        {
            batch.ForEach(work => work.Fail(error));
            return;
        }
        catch (Exception)
        {
            // A defect of one piece of work must not fail the other pieces.
            batch.ForEach(work => Run([work]));
            return;
        }

        batch.ForEach(work => work.Succeed());
    }
}
