namespace Azker.Core.Delivery.Ledger;

/// <summary>Keeps a claim while its update is in progress: it renews the claim, so that only the claim of a dead instance expires.</summary>
internal sealed class HeldClaim : IAsyncDisposable
{
    private readonly LedgerClient _ledger;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenRegistration _cancellation;
    private readonly ITimer _timer;
    private readonly SynchronizationContext? _context = SynchronizationContext.Current;
    private readonly Lock _gate = new();
    private Task _renewing = Task.CompletedTask;
    private bool _hasEnded;

    /// <param name="claim">The claim.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="cancellationToken">Cancels the work on the update too.</param>
    public HeldClaim(UpdateClaim claim, LedgerClient ledger, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        (Current, _ledger) = (claim, ledger);
        _cancellation = cancellationToken.UnsafeRegister(static lost => ((CancellationTokenSource)lost!).Cancel(), _lost);
        _timer = timeProvider.CreateTimer(
            static held => ((HeldClaim)held!).PostRenewal(), this, IUpdateLedger.RenewInterval, IUpdateLedger.RenewInterval);
    }

    /// <summary>The claim under which the update is held now.</summary>
    public UpdateClaim Current { get; private set; }

    /// <summary>
    /// Is cancelled when another claimant has taken the update, because this instance was paused or the ledger was unavailable, and
    /// when the work on the update is cancelled.
    /// </summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Ends the renewals. A renewal that runs ends first, because it changes the token of the claim.</summary>
    /// <returns>The claim to settle or to release.</returns>
    public async ValueTask<UpdateClaim> EndAsync()
    {
        _timer.Dispose();
        Task renewing;
        lock (_gate)
        {
            _hasEnded = true;
            renewing = _renewing;
        }

        await renewing;
        return Current;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _cancellation.Dispose();
        _lost.Dispose();
    }

    /// <summary>A timer has no context. The renewal runs in that of the work, so that the simulation decides its order.</summary>
    private void PostRenewal()
    {
        if (_context is null)
        {
            BeginRenewal();
        }
        else
        {
            _context.Post(static held => ((HeldClaim)held!).BeginRenewal(), this);
        }
    }

    /// <summary>
    /// Renews the claim, unless the last renewal still runs, or failed by a defect, which the end reports. The other party is the end,
    /// which waits for the renewal.
    /// </summary>
    private void BeginRenewal()
    {
        lock (_gate)
        {
            if (!_hasEnded && _renewing.IsCompletedSuccessfully && !_lost.IsCancellationRequested)
            {
                _renewing = RenewAsync();
            }
        }
    }

    private async Task RenewAsync()
    {
        if (await _ledger.RenewAsync(Current) is { } renewed)
        {
            Current = renewed;
        }
        else
        {
            _lost.Cancel();
        }
    }
}
