namespace Azker.Core.Delivery.Ledger;

/// <summary>Keeps a claim while its update is in progress: it renews the claim, so that only the claim of a dead instance expires.</summary>
internal sealed class HeldClaim : IAsyncDisposable
{
    private readonly LedgerClient _ledger;
    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _renewing;

    public HeldClaim(UpdateClaim claim, LedgerClient ledger, TimeProvider timeProvider)
    {
        (Current, _ledger, _timeProvider) = (claim, ledger, timeProvider);
        _renewing = RenewUntilEndedAsync();
    }

    /// <summary>The claim under which the update is held now.</summary>
    public UpdateClaim Current { get; private set; }

    /// <summary>Is cancelled when another claimant has taken the update: this instance was paused, or the ledger was unavailable.</summary>
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
