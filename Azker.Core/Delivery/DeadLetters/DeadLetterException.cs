namespace Azker.Core.Delivery.DeadLetters;

/// <summary>Dead letters cannot be kept or read now. The message names the store, the fault and the remedy.</summary>
/// <param name="message">The store, the fault and the remedy.</param>
/// <param name="innerException">The exception of the store, if there is one.</param>
internal sealed class DeadLetterException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Whether the limit of <c>DEAD_LETTER_MAX</c> is reached.</summary>
    public bool IsFull { get; init; }
}
