namespace Azker.Core.Delivery.Ledger;

/// <summary>The ledger cannot be used now. The message says which, what is wrong, and what to do; a secret is not in it.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="innerException">The error below, if there is one.</param>
internal sealed class UpdateLedgerException(string message, Exception? innerException = null) : Exception(message, innerException);
