namespace Azker.Core.Delivery;

/// <summary>Why an update was given up on; it stands beside the update's raw JSON.</summary>
/// <param name="UpdateId">The <c>update_id</c>; <see langword="null"/> when it could not be read.</param>
/// <param name="Kind">The kind of update; <see langword="null"/> when it could not be read.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="ErrorType">The type of the last exception, if there was one.</param>
/// <param name="Error">Its message, without secrets.</param>
/// <param name="Attempts">How often a handler was tried.</param>
/// <param name="GivenUpAt">When it was given up on, UTC.</param>
public sealed record DeadLetter(
    int? UpdateId,
    string? Kind,
    string Reason,
    string? ErrorType,
    string? Error,
    int Attempts,
    DateTimeOffset GivenUpAt);
