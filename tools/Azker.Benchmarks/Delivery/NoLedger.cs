using Azker.Core.Delivery.Ledger;

namespace Azker.Benchmarks.Delivery;

/// <summary>Grants every claim and keeps nothing; the benchmark compares the real ledgers to it.</summary>
internal sealed class NoLedger : IUpdateLedger
{
    public ValueTask<UpdateClaim> ClaimAsync(int updateId, long? epoch, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new UpdateClaim(ClaimOutcome.Claimed, 1) { UpdateId = updateId, Token = "" });

    public ValueTask<UpdateClaim?> RenewAsync(UpdateClaim claim, CancellationToken cancellationToken) => ValueTask.FromResult<UpdateClaim?>(claim);

    public ValueTask<bool> SettleAsync(UpdateClaim claim, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public ValueTask<bool> ReleaseAsync(UpdateClaim claim, bool hasFailed, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public Task ExpireAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
