namespace Azker.Core.Infrastructure;

/// <summary>
/// Stands for an exception of the application in the log: with the messages of the exception and of those inside it, masked, and the
/// application's part of the stack.
/// </summary>
/// <param name="error">The exception.</param>
/// <param name="mask">Masks what must not be logged in a message.</param>
internal sealed class LoggedError(Exception error, Func<string, string> mask) : Exception(Readable(error, mask))
{
    private const int MaxLength = 800;
    private const int MaxDepth = 5;

    private readonly string _text = Describe(error, mask, MaxDepth);

    public override string StackTrace { get; } = UserStack.Of(error);

    public override string ToString() => _text;

    private static string Describe(Exception error, Func<string, string> mask, int depth)
    {
        string text = $"{error.GetType()}: {Readable(error, mask)}";
        if (UserStack.Of(error) is { Length: > 0 } stack)
        {
            text += Environment.NewLine + stack;
        }

        return error.InnerException is { } inner && depth > 1
            ? $"{text}{Environment.NewLine} ---> {Describe(inner, mask, depth - 1)}"
            : text;
    }

    /// <summary>The message in one line.</summary>
    private static string Readable(Exception error, Func<string, string> mask)
    {
        string text = mask(error.Message).ReplaceLineEndings(" ");
        return text.Length > MaxLength ? string.Concat(text.AsSpan(0, MaxLength - 1), "…") : text;
    }
}
