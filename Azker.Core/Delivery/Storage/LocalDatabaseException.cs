namespace Azker.Core.Delivery.Storage;

/// <summary>The local database cannot be used now. The message names the file, the fault and the remedy, and contains no secret.</summary>
/// <param name="message">The file, the fault and the remedy.</param>
/// <param name="innerException">The cause, if there is one.</param>
internal sealed class LocalDatabaseException(string message, Exception? innerException = null) : Exception(message, innerException);
