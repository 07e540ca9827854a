namespace Azker.Core.Handling.Errors;

/// <summary>The class of a handler's error, which decides on the next attempt of the update.</summary>
public sealed record ErrorClass
{
    private static readonly TimeSpan ShortestRetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(30);

    private ErrorClass(ErrorKind kind, TimeSpan retryAfter = default) => (Kind, RetryAfter) = (kind, retryAfter);

    /// <inheritdoc cref="ErrorKind.Refused"/>
    public static ErrorClass Refused { get; } = new(ErrorKind.Refused);

    /// <inheritdoc cref="ErrorKind.Faulty"/>
    public static ErrorClass Faulty { get; } = new(ErrorKind.Faulty);

    /// <inheritdoc cref="ErrorKind.Outage"/>
    public static ErrorClass Outage { get; } = new(ErrorKind.Outage);

    /// <inheritdoc cref="ErrorKind.AnswerLost"/>
    public static ErrorClass AnswerLost { get; } = new(ErrorKind.AnswerLost);

    /// <inheritdoc cref="ErrorKind.Unexpected"/>
    public static ErrorClass Unexpected { get; } = new(ErrorKind.Unexpected);

    /// <summary>The kind of the error.</summary>
    public ErrorKind Kind { get; }

    /// <summary>The wait that the server asks for; zero for every kind but <see cref="ErrorKind.Throttled"/>.</summary>
    public TimeSpan RetryAfter { get; }

    /// <inheritdoc cref="ErrorKind.Throttled"/>
    /// <param name="retryAfter">The wait that the server asks for. A wait below 1 s counts as 1 s, above 30 days as 30 days.</param>
    public static ErrorClass Throttled(TimeSpan retryAfter) =>
        new(ErrorKind.Throttled, TimeSpan.FromTicks(Math.Clamp(retryAfter.Ticks, ShortestRetryAfter.Ticks, LongestRetryAfter.Ticks)));

    /// <summary>
    /// Classifies an exception by the rules of Azker alone, without the rules of
    /// <see cref="Microsoft.Extensions.DependencyInjection.AzkerBuilderExtensions.ClassifyErrors"/>. The outermost exception that a
    /// rule knows decides, then the exceptions inside it.
    /// </summary>
    /// <param name="error">The exception.</param>
    /// <returns>The class; <see cref="Unexpected"/> if no rule knows the exception.</returns>
    public static ErrorClass Of(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return DefaultErrorRules.Classify(error);
    }
}
