namespace Azker.Core.Delivery.Ledger;

/// <summary>The ledger cannot be used now. The message names the ledger, the fault and the remedy, and contains no secret.</summary>
/// <param name="message">The ledger, the fault and the remedy.</param>
/// <param name="innerException">The cause, if there is one.</param>
internal sealed class UpdateLedgerException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Whether the service refuses the calls, so that waiting does not help: a permission is missing, or it does not accept them.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>Whether the host of the service cannot be resolved: DNS is down, or the account has no such service.</summary>
    public bool IsHostUnknown { get; init; }
}
