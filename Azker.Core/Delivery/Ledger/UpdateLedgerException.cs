namespace Azker.Core.Delivery.Ledger;

/// <summary>The ledger cannot be used now. The message names the ledger, the fault and the remedy, and contains no secret.</summary>
/// <param name="message">The ledger, the fault and the remedy.</param>
/// <param name="innerException">The cause, if there is one.</param>
internal sealed class UpdateLedgerException(string message, Exception? innerException = null) : Exception(message, innerException);
