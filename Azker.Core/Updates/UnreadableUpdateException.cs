namespace Azker.Core.Updates;

/// <summary>An update cannot be read, at this attempt or a later one: its JSON is not what the Bot API documents.</summary>
public sealed class UnreadableUpdateException : Exception
{
    /// <param name="message">The part that could not be read.</param>
    /// <param name="innerException">The error of the JSON reader, if there is one.</param>
    internal UnreadableUpdateException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
