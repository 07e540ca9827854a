namespace Azker.Core.Delivery.DeadLetters;

/// <summary>Dead letters cannot be kept or read now. The message says where, what is wrong, and what to do.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="innerException">The store's own error, if there is one.</param>
internal sealed class DeadLetterException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Whether as many are kept as <c>DEAD_LETTER_MAX</c> allows.</summary>
    public bool IsFull { get; init; }
}
