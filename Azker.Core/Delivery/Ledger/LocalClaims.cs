using System.Collections.Concurrent;

namespace Azker.Core.Delivery.Ledger;

/// <summary>What a process knows of its own claims on an update.</summary>
internal enum LocalClaim
{
    /// <summary>It has none.</summary>
    None,

    /// <summary>It may have one: the answer to its last try was lost.</summary>
    Unsure,

    /// <summary>It tries to get one at this moment.</summary>
    UnderWay,

    /// <summary>It has one.</summary>
    AtWork,
}

/// <summary>
/// The claims of this process on a ledger that others share: what the ledger says this process has, but is not in here, it
/// does not work on.
/// </summary>
internal sealed class LocalClaims
{
    private const string UnderWay = "";
    private const string Unsure = "?";

    /// <summary>An outage of the ledger leaves no more behind than this.</summary>
    private const int MostUnsure = 10_000;

    private readonly ConcurrentDictionary<int, string> _tokens = new();

    /// <summary>Begins to claim, unless another call of this process does at this moment.</summary>
    public LocalClaim Begin(int updateId)
    {
        if (_tokens.TryAdd(updateId, UnderWay))
        {
            return LocalClaim.None;
        }

        if (_tokens.TryUpdate(updateId, UnderWay, Unsure))
        {
            return LocalClaim.Unsure;
        }

        return _tokens.GetValueOrDefault(updateId, UnderWay) == UnderWay ? LocalClaim.UnderWay : LocalClaim.AtWork;
    }

    /// <summary>The claiming has ended.</summary>
    public void Conclude(int updateId, LocalClaim before, UpdateClaim claim)
    {
        if (claim.Outcome == ClaimOutcome.Claimed)
        {
            _tokens[updateId] = claim.Token!;
        }
        else if (before != LocalClaim.AtWork)
        {
            _tokens.TryRemove(updateId, out _);
        }
    }

    /// <summary>The claiming has ended without an answer.</summary>
    public void Doubt(int updateId, LocalClaim before)
    {
        if (before == LocalClaim.AtWork)
        {
            return;
        }

        if (_tokens.Count < MostUnsure)
        {
            _tokens[updateId] = Unsure;
        }
        else
        {
            _tokens.TryRemove(updateId, out _);
        }
    }

    /// <summary>The work has ended, unless it is another claim's by now.</summary>
    public void End(UpdateClaim claim) => _tokens.TryRemove(new KeyValuePair<int, string>(claim.UpdateId, claim.Token!));
}
