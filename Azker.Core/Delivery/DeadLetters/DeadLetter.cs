using Azker.Core.Updates;

namespace Azker.Core.Delivery.DeadLetters;

/// <summary>Why an update was given up on; it stands beside the update's raw JSON.</summary>
internal sealed record DeadLetter
{
    /// <summary>The <c>update_id</c>; <see langword="null"/> when it could not be read.</summary>
    public int? UpdateId { get; init; }

    /// <summary>The kind of update; <see langword="null"/> when it could not be read.</summary>
    public string? Kind { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>The type of the last exception, if there was one.</summary>
    public string? ErrorType { get; init; }

    /// <summary>Its message, without secrets.</summary>
    public string? Error { get; init; }

    /// <summary>How often a handler was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>When it came for the first time, UTC; <see langword="null"/> where that is not known any more.</summary>
    public DateTimeOffset? FirstSeenAt { get; init; }

    /// <summary>When the last attempt ended, UTC; <see langword="null"/> when there was none.</summary>
    public DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>When it was given up on, UTC.</summary>
    public required DateTimeOffset GivenUpAt { get; init; }

    /// <summary>A letter of which nothing is left but the raw JSON.</summary>
    internal static DeadLetter WithoutReason(DateTimeOffset givenUpAt) =>
        new() { Reason = "Why is not known any more: what was written about it cannot be read.", GivenUpAt = givenUpAt };

    /// <summary>The letter with an exception: the reader's own, where an update could not be read.</summary>
    internal DeadLetter With(Exception? error)
    {
        Exception? cause = error is UnreadableUpdateException { InnerException: { } inner } ? inner : error;
        return this with { ErrorType = cause?.GetType().FullName, Error = cause?.Message };
    }
}
