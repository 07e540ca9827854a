using Azker.Core.Configuration;
using Azker.Core.Delivery.Parking;
using Azker.Core.Infrastructure;

namespace Azker.Core.Delivery;

/// <summary>
/// Limits how many handlers run at once. A handler that runs longer than <c>ACKNOWLEDGE_AFTER</c> moves to the slots of long
/// handlers, so that long handlers do not keep short handlers waiting.
/// </summary>
internal sealed class HandlerSlots(DeliveryOptions options, ParkingLimits parking, TimeProvider timeProvider)
{
    /// <summary>How long a handler counts as short, at least: with 0 s every handler would be long.</summary>
    private static readonly TimeSpan ShortestMove = TimeSpan.FromSeconds(1);

    private readonly AsyncSemaphore _short = new(options.MaxConcurrentUpdates);
    private readonly AsyncSemaphore _long = new(options.MaxBackgroundUpdates);

    /// <summary>Takes a slot for a handler.</summary>
    /// <param name="isBackground">Whether the handler takes long.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The slot, which the caller disposes of; <see langword="null"/> when the token was cancelled first.</returns>
    public async Task<Lease?> TakeAsync(bool isBackground, CancellationToken cancellationToken)
    {
        AsyncSemaphore pool = isBackground ? _long : _short;
        try
        {
            await pool.EnterAsync(cancellationToken);
            return new Lease(this, pool);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Takes a slot for a handler if one is free.</summary>
    public Lease? TryTake(bool isBackground)
    {
        AsyncSemaphore pool = isBackground ? _long : _short;
        return pool.TryEnter() ? new Lease(this, pool) : null;
    }

    /// <summary>A slot that is taken.</summary>
    internal sealed class Lease : IDisposable
    {
        private readonly HandlerSlots _slots;
        private readonly ITimer? _timer;
        private readonly Lock _gate = new();
        private AsyncSemaphore? _pool;

        public Lease(HandlerSlots slots, AsyncSemaphore pool)
        {
            (_slots, _pool) = (slots, pool);
            if (pool == slots._short && slots.MovesLongHandlers)
            {
                TimeSpan after = slots.MoveAfter;
                _timer = slots.Clock.CreateTimer(static lease => ((Lease)lease!).Move(), this, after, after);
            }
        }

        public void Dispose()
        {
            _timer?.Dispose();
            lock (_gate)
            {
                _pool?.Leave();
                _pool = null;
            }
        }

        private void Move()
        {
            lock (_gate)
            {
                if (_pool == _slots._short && _slots._long.TryEnter())
                {
                    _pool.Leave();
                    _pool = _slots._long;
                }
            }
        }
    }

    private TimeSpan MoveAfter => options.AcknowledgeAfter > ShortestMove ? options.AcknowledgeAfter : ShortestMove;

    private TimeProvider Clock => timeProvider;

    /// <summary>Where work ends with its request, no handler is long.</summary>
    private bool MovesLongHandlers => parking.OutlivesRequests;
}
