namespace Azker.Core.Infrastructure;

/// <summary>Cuts a stack trace down to the code of the application that uses Azker.</summary>
internal static class UserStack
{
    private const string Frame = "at ";

    /// <summary>How the frames of Azker and of .NET begin, and the frames of methods that .NET makes at run time.</summary>
    private static readonly string[] Foreign =
        ["System.", "Microsoft.", "Azker.Core.", "Azker.AspNetCore.", "Azker.AzureFunctions.", "Azker.PollingFallback.", "lambda_method"];

    /// <summary>The frames from the failure to the outermost frame of the application; empty when the application has no frame.</summary>
    public static string Of(Exception error)
    {
        string[] lines = (error.StackTrace ?? "").Split('\n', StringSplitOptions.TrimEntries);
        int last = Array.FindLastIndex(lines, IsOfUser);
        return string.Join(Environment.NewLine, lines.Take(last + 1).Where(line => line.StartsWith(Frame, StringComparison.Ordinal)).Select(line => $"   {line}"));
    }

    private static bool IsOfUser(string line) =>
        line.StartsWith(Frame, StringComparison.Ordinal)
        && !Array.Exists(Foreign, foreign => line.AsSpan(Frame.Length).StartsWith(foreign, StringComparison.Ordinal));
}
