namespace Azker.Core.Delivery.Ledger;

/// <summary>Keeps a claim while its update is in progress: it renews the claim, so that only the claim of a dead instance expires.</summary>
internal sealed class HeldClaim : IAsyncDisposable
{
    private readonly LedgerClient _ledger;
    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _lost;
    private readonly Task _renewing;

    /// <param name="claim">The claim.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="cancellationToken">Cancels the work on the update too.</param>
    public HeldClaim(UpdateClaim claim, LedgerClient ledger, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        (Current, _ledger, _timeProvider) = (claim, ledger, timeProvider);
        _lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _renewing = RenewUntilEndedAsync();
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
    public async Task<UpdateClaim> EndAsync()
    {
        _ended.Cancel();
        await _renewing;
        return Current;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _ended.Dispose();
        _lost.Dispose();
    }

    private async Task RenewUntilEndedAsync()
    {
        while (await IsInProgressAfterAsync(IUpdateLedger.RenewInterval))
        {
            if (await _ledger.RenewAsync(Current) is not { } renewed)
            {
                _lost.Cancel();
                return;
            }

            Current = renewed;
        }
    }

    private async Task<bool> IsInProgressAfterAsync(TimeSpan interval)
    {
        await Task.Delay(interval, _timeProvider, _ended.Token)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        return !_ended.IsCancellationRequested;
    }
}
