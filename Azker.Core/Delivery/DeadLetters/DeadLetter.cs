using Azker.Core.Updates;

namespace Azker.Core.Delivery.DeadLetters;

/// <summary>The reason why an update became a dead letter; it is kept beside the raw JSON of the update.</summary>
internal sealed record DeadLetter
{
    /// <summary>The <c>update_id</c>; <see langword="null"/> when it could not be read.</summary>
    public int? UpdateId { get; init; }

    /// <summary>The kind of update; <see langword="null"/> when it could not be read.</summary>
    public string? Kind { get; init; }

    /// <summary>The reason, as text.</summary>
    public required string Reason { get; init; }

    /// <summary>The type of the last exception, if there was one.</summary>
    public string? ErrorType { get; init; }

    /// <summary>The message of the last exception, without secrets.</summary>
    public string? Error { get; init; }

    /// <summary>The number of attempts to handle the update.</summary>
    public int Attempts { get; init; }

    /// <summary>When the update first arrived, UTC; <see langword="null"/> when that is unknown.</summary>
    public DateTimeOffset? FirstSeenAt { get; init; }

    /// <summary>When the last attempt ended, UTC; <see langword="null"/> when there was none.</summary>
    public DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>When the update became a dead letter, UTC.</summary>
    public required DateTimeOffset GivenUpAt { get; init; }

    /// <summary>A dead letter whose reason is lost.</summary>
    internal static DeadLetter WithoutReason(DateTimeOffset givenUpAt) =>
        new() { Reason = "The reason is unknown: its record is missing or cannot be read.", GivenUpAt = givenUpAt };

    /// <summary>The dead letter with an exception; for an unreadable update, with the exception of the JSON reader.</summary>
    internal DeadLetter With(Exception? error)
    {
        Exception? cause = error is UnreadableUpdateException { InnerException: { } inner } ? inner : error;
        return this with { ErrorType = cause?.GetType().FullName, Error = cause?.Message };
    }
}
