using Azker.Core.Infrastructure;

namespace Azker.Core.Polling;

/// <summary>
/// Slows polling down when a server or proxy answers at once and without a new update, again and again, instead of holding the
/// poll. It neither waits nor knows the time.
/// </summary>
internal sealed class PollPacer
{
    /// <summary>A server that holds polls takes at least a second, the shortest <c>POLL_TIMEOUT</c>, when it has nothing to give.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(0.5);

    /// <summary>This many idle answers in a row need no pause: an answer may be lost, or overtaken by a settled update.</summary>
    private const int MaxIdle = 3;

    private readonly Backoff _backoff = new(TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(1));
    private int _idle;

    /// <summary>Whether the last answer was the first that must be followed by a pause.</summary>
    public bool HasJustSlowedDown => _idle == MaxIdle + 1;

    /// <summary>Takes the next answer.</summary>
    /// <param name="isBusy">Whether it had a new update, or earlier updates are in flight.</param>
    /// <param name="took">How long the server took.</param>
    /// <returns>The pause before the next poll.</returns>
    public TimeSpan Next(bool isBusy, TimeSpan took)
    {
        if (isBusy || took > AtOnce)
        {
            _idle = 0;
            _backoff.Reset();
            return TimeSpan.Zero;
        }

        _idle++;
        return _idle > MaxIdle ? _backoff.Next() : TimeSpan.Zero;
    }
}
