namespace Azker.Core.Delivery;

/// <summary>A dead letter with the name under which it is kept.</summary>
/// <param name="Id">The name: the <c>update_id</c>, or <c>unreadable</c>, and a hash of the raw JSON.</param>
/// <param name="Letter">Why the update was given up on.</param>
public sealed record StoredDeadLetter(string Id, DeadLetter Letter);
