namespace Azker.Core.Updates;

/// <summary>An update cannot be read, now or at any later attempt: its JSON is not what the Bot API documents.</summary>
/// <param name="message">What could not be read.</param>
/// <param name="innerException">The reader's own error, if there is one.</param>
public sealed class UnreadableUpdateException(string message, Exception? innerException = null) : Exception(message, innerException);
